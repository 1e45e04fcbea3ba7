"""Grades on a scale of words: profiles, medians, and what lies above and below them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from intranet.voting.election import ElectionSettings, Unmarked
from intranet.voting.lines import Line, line
from intranet.voting.mark_fields import read_marks
from intranet.voting.opening import OpenBox
from intranet.voting.papers import Paper
from intranet.voting.types import InvalidCount

Profile = tuple[int, ...]
"""How many of each grade one candidate has, the best grade first."""


@dataclass(frozen=True)
class Judged:
    """The majority grade of one candidate, with how many grades lie above and below it.

    grade: its place in the scale, 0 for the best.
    """

    grade: int
    above: int
    below: int


def require_scale(settings: ElectionSettings) -> None:
    """Raise InvalidCount unless there are two grades or more, and a rule for a missing one."""
    if len(settings.grades) < 2 or len(set(settings.grades)) < len(settings.grades):
        raise InvalidCount("no_grades")
    if settings.unmarked is Unmarked.UNCOMPARED:
        raise InvalidCount("unmarked_cannot_be_left_out")


def read_grades(
    raw: Mapping[str, str], candidates: Sequence[str], settings: ElectionSettings
) -> Paper:
    """The grades of a form, from 1 for the worst to their number for the best, or a blank ballot.

    Raises InvalidChoice. A candidate may be left out: that is the worst grade, as the form says.
    """
    require_scale(settings)
    return read_marks(raw, candidates, range(1, len(settings.grades) + 1))


def require_grades(papers: Sequence[Paper], settings: ElectionSettings) -> None:
    """Raise InvalidCount when a ballot holds a grade that is not on the scale."""
    top = len(settings.grades)
    if any(not 1 <= mark <= top for paper in papers for mark in paper.marks.values()):
        raise InvalidCount("mark_out_of_range")


def profiles(box: OpenBox) -> dict[str, Profile]:
    """The grades of each candidate; a missing one is the worst."""
    top = len(box.settings.grades)
    counts = {candidate: [0] * top for candidate in box.candidates}
    for paper in box.papers:
        for candidate in box.candidates:
            counts[candidate][top - paper.marks.get(candidate, 1)] += paper.copies
    return {candidate: tuple(found) for candidate, found in counts.items()}


def judged(profile: Profile) -> Judged:
    """The lower median: the best grade such that more than half give it or a better one.

    With as many grades on both sides of the middle, the worse of the two middle ones.
    """
    total, reached = sum(profile), 0
    for grade, count in enumerate(profile):
        if 2 * (reached + count) > total:
            return Judged(grade, reached, total - reached - count)
        reached += count
    raise InvalidCount("no_grades")


def grade_lines(
    order: Sequence[Sequence[str]], found: Mapping[str, Profile], settings: ElectionSettings
) -> list[Line]:
    """The majority grade of each candidate, in their order."""
    lines, place = [], 1
    for group in order:
        for candidate in group:
            seen = judged(found[candidate])
            values: dict[str, int | str] = {
                "place": place,
                "candidate": candidate,
                "grade": settings.grades[seen.grade],
                "above": seen.above,
                "below": seen.below,
                "valid": sum(found[candidate]),
            }
            lines.append(line("judged", values))
        place += len(group)
    return lines
