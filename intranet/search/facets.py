"""Narrowing results by what they are counted by: each choice with its number and its address."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from intranet.search.port import FACETS, Facet

SHOWN = 8


@dataclass(frozen=True)
class Choice:
    """A value of a facet; choosing a chosen one again takes it away."""

    facet: str
    value: str
    words: str
    count: int
    url: str
    is_chosen: bool


def choices(
    facets: Sequence[Facet], address: Mapping[str, str], link: Callable[..., str]
) -> list[tuple[str, list[Choice]]]:
    """The facets with more than one value, or with a chosen one, in the order of FACETS.

    `link` makes the address of a page of results out of the present one and what changes.
    """
    found = []
    for name in FACETS:
        if name == "kind":
            continue  # The kinds are the tabs above the results.
        values = [facet for facet in facets if facet.name == name]
        if name == "year":
            values.sort(key=lambda facet: facet.value, reverse=True)
        chosen = address.get(name, "")
        if len(values) > 1 or chosen:
            found.append((name, [_choice(f, chosen, address, link) for f in values[:SHOWN]]))
    return found


def _choice(
    facet: Facet, chosen: str, address: Mapping[str, str], link: Callable[..., str]
) -> Choice:
    is_chosen = facet.value == chosen
    url = link(address, **{facet.name: "" if is_chosen else facet.value})
    return Choice(facet.name, facet.value, facet.words, facet.count, url, is_chosen)
