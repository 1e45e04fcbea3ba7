"""The grade that a majority stands behind; equal ones are separated median by median."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise

from intranet.voting.election import ElectionSettings, Ranking
from intranet.voting.grades import (
    Profile,
    grade_lines,
    profiles,
    read_grades,
    require_grades,
    require_scale,
)
from intranet.voting.lines import Line, line
from intranet.voting.opening import concluded, open_box, undecided
from intranet.voting.papers import Paper
from intranet.voting.types import BallotForm, Law


class MajorityJudgment:
    """The candidates with the best majority grades have the seats.

    The majority grade is the lower median: more than half of the ballots give it or a better one.
    Between candidates with the same majority grade, one such grade is taken away from each, and
    the next medians are compared, one by one, until they differ; candidates with the same grades
    throughout are tied, and shown so. A missing grade is the worst one ("to reject"), under
    whichever of `last` and `reject` the vote names it. Blank ballots are counted apart.
    Source: Balinski and Laraki, "A theory of measuring, electing, and ranking", PNAS 2007 (the
    majority value).
    """

    key = "majority_judgment"
    label = "Majority judgment"
    ballot = BallotForm.GRADE
    settings = ("seats", "unmarked", "quorum", "default_option", "grades", "tie_break")
    laws = frozenset({Law.ANONYMOUS, Law.NEUTRAL, Law.MONOTONE})

    def read(
        self, raw: Mapping[str, str], candidates: Sequence[str], settings: ElectionSettings
    ) -> Paper:
        """The grades given, or a blank ballot. Raises InvalidChoice."""
        return read_grades(raw, candidates, settings)

    def count(
        self,
        papers: Sequence[Paper],
        candidates: Sequence[str],
        registered: int,
        settings: ElectionSettings,
    ) -> Ranking:
        """Rank by the majority grade, then by the rule of ties. Raises InvalidCount."""
        own = ElectionSettings(
            seats=settings.seats,
            quorum=settings.quorum,
            default_option=settings.default_option,
            grades=settings.grades,
            tie_break=settings.tie_break,
        )
        require_scale(settings)
        require_grades(papers, own)
        box = open_box(self.key, papers, candidates, registered, own)
        if nothing := undecided(box):
            return nothing
        found = profiles(box)
        order = _order(found)
        lines: list[Line] = [line("unmarked_is_worst", {})]
        lines += grade_lines(order, found, own)
        lines += _separations(order, found, own)
        return concluded(box, order, lines, profile=found)


def _value(profile: Profile) -> tuple[int, ...]:
    """The medians in the order in which they are taken away; a smaller grade is a better one.

    Taking lower medians away one by one walks from the middle outwards: to the better side first
    when the number of grades is even, to the worse side first when it is odd.
    """
    worst_first = [grade for grade in reversed(range(len(profile))) for _ in range(profile[grade])]
    total = len(worst_first)
    middle = (total - 1) // 2
    walk = [worst_first[middle]]
    for step in range(1, total - middle):
        up, down = middle + step, middle - step
        sides = (up, down) if total % 2 == 0 else (down, up)
        walk += [worst_first[place] for place in sides if 0 <= place < total]
    return tuple(walk)


def _order(found: Mapping[str, Profile]) -> list[tuple[str, ...]]:
    values = {profile: _value(profile) for profile in set(found.values())}
    return [
        tuple(sorted(name for name, profile in found.items() if values[profile] == value))
        for value in sorted(set(values.values()))
    ]


def _separations(
    order: Sequence[Sequence[str]], found: Mapping[str, Profile], settings: ElectionSettings
) -> list[Line]:
    """How many medians were taken away to separate neighbours with the same majority grade."""
    lines = []
    for better, worse in pairwise(order):
        one, other = _value(found[better[0]]), _value(found[worse[0]])
        removed = next(
            step for step, pair in enumerate(zip(one, other, strict=True)) if pair[0] != pair[1]
        )
        values: dict[str, int | str] = {
            "candidate": better[0],
            "other": worse[0],
            "removed": removed,
            "grade": settings.grades[one[removed]],
            "other_grade": settings.grades[other[removed]],
        }
        if removed:
            lines.append(line("medians_removed", values))
    return lines


METHOD = MajorityJudgment()
