"""Reading a filled form where candidates are put in order."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from intranet.voting.election import ElectionSettings, Unmarked
from intranet.voting.papers import Paper, PaperState
from intranet.voting.types import ChoiceProblem, InvalidChoice


def read_ranks(
    raw: Mapping[str, str],
    candidates: Sequence[str],
    settings: ElectionSettings,
    equal_ranks: bool = True,
) -> Paper:
    """The ranking in the fields `mark.0`, `mark.1`, …: 1 is the best, empty is no rank.

    Raises InvalidChoice for an empty form, a blank ballot with ranks, a rank that is not a number
    from 1 to the number of candidates, a candidate left out where the rule wants all, equal ranks
    where the count cannot read them, and a ranking that prefers nobody to anybody.
    """
    reason = raw.get("reason", "").replace("\x00", "").strip()
    marks = _marks(raw, candidates)
    if raw.get("blank"):
        if marks:
            raise InvalidChoice(ChoiceProblem.BLANK_WITH_MARKS)
        return Paper(state=PaperState.BLANK, reason=reason)
    if not marks:
        raise InvalidChoice(ChoiceProblem.MISSING)
    if settings.unmarked is Unmarked.REJECT and len(marks) < len(candidates):
        raise InvalidChoice(ChoiceProblem.INCOMPLETE)
    if not equal_ranks and len(set(marks.values())) < len(marks):
        raise InvalidChoice(ChoiceProblem.RANK_REPEATED)
    if equal_ranks and not _prefers(marks, candidates, settings):
        raise InvalidChoice(ChoiceProblem.SAYS_NOTHING)
    return Paper(marks, reason=reason)


def _marks(raw: Mapping[str, str], candidates: Sequence[str]) -> dict[str, int]:
    allowed = {str(rank): rank for rank in range(1, len(candidates) + 1)}
    marks = {}
    for number, candidate in enumerate(candidates):
        written = raw.get(f"mark.{number}", "")
        if written and written not in allowed:
            raise InvalidChoice(ChoiceProblem.UNKNOWN)
        if written:
            marks[candidate] = allowed[written]
    return marks


def _prefers(
    marks: Mapping[str, int], candidates: Sequence[str], settings: ElectionSettings
) -> bool:
    """Whether somebody is preferred to somebody; the only candidate can only be marked."""
    if len(candidates) == 1 or len(set(marks.values())) > 1:
        return True
    return settings.unmarked is Unmarked.LAST and len(marks) < len(candidates)
