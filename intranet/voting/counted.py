"""What any count ends with: the outcome of a vote on a text, or the ranking of an election."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from intranet.voting.election import Ranking, Verdict
from intranet.voting.outcome import Outcome
from intranet.voting.registry import is_election
from intranet.voting.types import Result

Counted = Outcome | Ranking

_RESULTS: Mapping[Verdict, Result] = MappingProxyType(
    {
        Verdict.DECIDED: Result.ADOPTED,
        Verdict.TIED: Result.TIED,
        Verdict.NO_QUORUM: Result.NO_QUORUM,
        Verdict.NOBODY: Result.REJECTED,
        Verdict.NAMED: Result.ADVISED,
    }
)


def counted_from_json(stored: Mapping[str, Any]) -> Counted:
    """The outcome or ranking that `to_json` wrote. Raises KeyError or ValueError otherwise."""
    if is_election(stored["method"]):
        return Ranking.from_json(stored)
    return Outcome.from_json(stored)


def result_of(counted: Counted) -> Result:
    """What the count means for the proposal: an election that chooses somebody adopts."""
    return counted.result if isinstance(counted, Outcome) else _RESULTS[counted.verdict]


def registered_in(counted: Counted) -> int:
    """How many people were on the roll."""
    return counted.registered if isinstance(counted, Outcome) else counted.turnout.registered
