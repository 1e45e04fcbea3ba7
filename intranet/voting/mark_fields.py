"""Reading a filled form where candidates get crosses, grades, scores or points."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from intranet.voting.papers import Paper, PaperState
from intranet.voting.types import ChoiceProblem, InvalidChoice

CHOSEN = "mark"
"""The field of a form where one candidate is picked: it holds the place in the list, from 0."""

BLANK = "blank"
"""The field for a blank ballot, and its value where one candidate is picked."""


def read_marks(raw: Mapping[str, str], candidates: Sequence[str], allowed: Iterable[int]) -> Paper:
    """The ballot in the fields `mark.0`, `mark.1`, …, or a blank one on purpose.

    An empty field is no mark. Raises InvalidChoice for an empty form, a blank ballot with marks,
    and a mark that is not one of those allowed.
    """
    words = {str(mark): mark for mark in allowed}
    marks = {}
    for number, candidate in enumerate(candidates):
        written = raw.get(f"mark.{number}", "")
        if written and written not in words:
            raise InvalidChoice(ChoiceProblem.UNKNOWN)
        if written:
            marks[candidate] = words[written]
    return _paper(raw, marks)


def read_one(raw: Mapping[str, str], candidates: Sequence[str]) -> Paper:
    """The ballot of a form where one candidate is picked, in the field `mark`, or by one cross.

    The value is the place of the candidate in the list, or `blank`. Raises InvalidChoice.
    """
    chosen = raw.get(CHOSEN, "")
    places = {str(place): candidate for place, candidate in enumerate(candidates)}
    if not chosen:
        paper = read_marks(raw, candidates, (1,))
        if len(paper.marks) > 1:
            raise InvalidChoice(ChoiceProblem.TOO_MANY_MARKS)
        return paper
    if chosen == BLANK:
        return _paper({**raw, BLANK: "1"}, {})
    if chosen not in places:
        raise InvalidChoice(ChoiceProblem.UNKNOWN)
    return _paper(raw, {places[chosen]: 1})


def _paper(raw: Mapping[str, str], marks: Mapping[str, int]) -> Paper:
    reason = raw.get("reason", "").replace("\x00", "").strip()
    if raw.get(BLANK):
        if marks:
            raise InvalidChoice(ChoiceProblem.BLANK_WITH_MARKS)
        return Paper(state=PaperState.BLANK, reason=reason)
    if not marks:
        raise InvalidChoice(ChoiceProblem.MISSING)
    return Paper(marks, reason=reason)
