"""Choosing among the decisions of the register, and counting what each choice would leave (pure).

Each facet is counted among the decisions that pass all the other ones, so that a number beside a
value is what its choice will show.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from intranet.core.text import fold
from intranet.decisions.statuses import APPLIES, ENDED, REFUSED, State

GROUPS: Mapping[str, frozenset[State]] = {"applies": APPLIES, "ended": ENDED, "refused": REFUSED}
_NAMES: Mapping[State, tuple[str, ...]] = {
    state: (state, *(name for name, states in GROUPS.items() if state in states)) for state in State
}
FACETS = ("body", "year", "tag", "state", "kind")


@dataclass(frozen=True)
class Filters:
    """What a reader wants to see of the register; empty means everything.

    `state` is a State or one of GROUPS; `kind` a kind of proposal, or where else a decision came
    from. `words` are looked for in titles and numbers, whatever their accents and case.
    """

    body: str = ""
    year: int | None = None
    tag: str = ""
    state: str = ""
    kind: str = ""
    words: str = ""

    @property
    def are_empty(self) -> bool:
        """Whether nothing is filtered."""
        return self == Filters()

    @property
    def chosen(self) -> dict[str, str | int]:
        """The facets that are chosen, by name."""
        return {name: value for name in FACETS if (value := getattr(self, name))}


class Filed(NamedTuple):
    """By what one decision can be chosen."""

    number: str
    title: str
    body: str | None
    year: int | None
    tags: tuple[str, ...]
    state: State
    kind: str

    def values(self, facet: str) -> tuple[Hashable, ...]:
        """Everything by which a facet finds this decision; a state also by its groups."""
        if facet == "state":
            return _NAMES[self.state]
        if facet == "tag":
            return self.tags
        value = getattr(self, facet)
        return () if value is None else (value,)


@dataclass(frozen=True)
class Facets:
    """How many decisions each choice would leave, by facet and value."""

    counts: Mapping[str, Counter[Hashable]]
    without: Mapping[str, int]

    def of(self, facet: str, value: Hashable) -> int:
        """How many decisions the choice of a value would leave."""
        return self.counts[facet][value]

    def all_of(self, facet: str) -> int:
        """How many decisions are left when nothing of this facet is chosen."""
        return self.without[facet]

    def values(self, facet: str) -> list[tuple[Hashable, int]]:
        """The values that would leave something, with how much, the most frequent first."""
        found = self.counts[facet].items()
        return sorted(found, key=lambda pair: (-pair[1], str(pair[0])))


def choose(filed: Sequence[Filed], filters: Filters) -> tuple[list[int], Facets]:
    """The places of the decisions that pass every filter, in their order, and the counts."""
    words, chosen = fold(filters.words).split(), filters.chosen
    counts: dict[str, Counter[Hashable]] = {facet: Counter() for facet in FACETS}
    without = dict.fromkeys(FACETS, 0)
    passing = []
    for place, one in enumerate(filed):
        if words:
            said = fold(f"{one.number} {one.title}")
            if not all(word in said for word in words):
                continue
        failed = [facet for facet, value in chosen.items() if value not in one.values(facet)]
        if not failed:
            passing.append(place)
        if len(failed) <= 1:
            for facet in failed or FACETS:
                without[facet] += 1
                counted = counts[facet]
                for value in one.values(facet):
                    counted[value] += 1
    return passing, Facets(counts, without)
