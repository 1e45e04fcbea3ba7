"""Ballots that move from one candidate to the next with a part of their value.

The arithmetic of the Scottish Local Government Elections Order 2007, schedule 1, part III
(weighted inclusive Gregory method): all papers of a candidate move, each with the value it had
times the surplus over the votes, and what is beyond the fifth decimal is dropped. Values and votes
are whole numbers of hundred-thousandths of a ballot.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from intranet.voting.pairwise import Levels

ONE = 100_000
"""The value of a whole ballot."""


@dataclass(frozen=True)
class Bundle:
    """So many papers with the same preferences, each worth `value` now."""

    preferences: tuple[str, ...]
    copies: int
    value: int


class Piles:
    """Who holds which papers; the votes of everyone, and what goes to nobody any more."""

    def __init__(self, box: Mapping[Levels, int], candidates: Iterable[str]) -> None:
        self._held: dict[str, list[Bundle]] = {name: [] for name in candidates}
        self.votes: dict[str, int] = dict.fromkeys(self._held, 0)
        self.exhausted = 0
        self.lost = 0
        for ranking, copies in box.items():
            preferences = clear_preferences(ranking)
            self._give(preferences[0], Bundle(preferences, copies, ONE))

    def surplus(self, name: str, over: int, standing: frozenset[str]) -> int:
        """Move what this candidate has over the quota to those standing; the value of one paper.

        That is the value of a paper that came whole; papers that came with less move with less.
        """
        surplus, votes = self.votes[name] - over, self.votes[name]
        moved = sum(
            self._move(bundle, bundle.value * surplus // votes, standing)
            for bundle in self._held.pop(name)
        )
        self.lost += surplus - moved
        self.votes[name] = over
        return ONE * surplus // votes

    def eliminated(self, name: str, standing: frozenset[str]) -> None:
        """Move all papers of this candidate to those standing, at the value they have."""
        for bundle in self._held.pop(name):
            self._move(bundle, bundle.value, standing)
        del self.votes[name]

    def _move(self, bundle: Bundle, value: int, standing: frozenset[str]) -> int:
        """Give the papers to their next preference, or to nobody; how much was moved."""
        for place, name in enumerate(bundle.preferences):
            if name in standing:
                self._give(name, Bundle(bundle.preferences[place:], bundle.copies, value))
                break
        else:
            self.exhausted += bundle.copies * value
        return bundle.copies * value

    def _give(self, name: str, bundle: Bundle) -> None:
        self._held[name].append(bundle)
        self.votes[name] += bundle.copies * bundle.value


def clear_preferences(ranking: Levels) -> tuple[str, ...]:
    """The candidates of a ballot up to the first equal ranks, where it says no more."""
    clear: list[str] = []
    for group in ranking:
        if len(group) > 1:
            break
        clear += group
    return tuple(clear)


def droop_quota(valid: int, seats: int) -> int:
    """The votes that one seat costs, in whole ballots: no more candidates than seats reach it."""
    return valid // (seats + 1) + 1


def decimals(units: int) -> str:
    """So many hundred-thousandths as a number with five decimals."""
    whole, rest = divmod(units, ONE)
    return f"{whole}.{rest:05d}"
