"""The decisions that follow from one another: around one of them, or in a year of the register."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from intranet.core.policy import NotFound
from intranet.core.transaction import Reader
from intranet.decisions import lineage
from intranet.decisions.kinship.drawing import Drawing, draw, in_order
from intranet.decisions.lineage import DecisionMark, Known
from intranet.decisions.page_queries import LinkCard, links_of
from intranet.decisions.statuses import Act
from intranet.members.queries import today

MOST = 40
"""Decisions in one drawing: beyond, nobody follows a line with the eye."""


@dataclass(frozen=True)
class Relative:
    """One decision of a drawing in words: what it is, and what it does to others.

    `mark` is empty for one that the register does not hold.
    """

    number: str
    mark: DecisionMark | None
    does: tuple[LinkCard, ...]


@dataclass(frozen=True)
class Kinship:
    """A drawing with the same in words, line by line; `left_out` decisions did not fit."""

    drawing: Drawing
    relatives: tuple[Relative, ...]
    left_out: int


def family(reader: Reader, number: str) -> Kinship:
    """The decisions linked with one, directly or through others, the nearest first when there are
    too many. Raises NotFound."""
    known = lineage.whole(reader)
    if number not in known.visible:
        raise NotFound
    acts = _seen(known)
    found, edge = [number], [number]
    while edge:
        edge = _next(acts, edge, set(found))
        found += edge
    return _kinship(reader, known, acts, found)


def of_year(reader: Reader, year: int) -> Kinship:
    """The decisions of a year that act on others, or on which others act, with these others."""
    known = lineage.whole(reader)
    acts = _seen(known)
    facts = known.lineage.facts
    own = {
        number
        for number in _mentioned(acts)
        if number in facts and (day := facts[number].decided_on) and day.year == year
    }
    around = _mentioned([act for act in acts if act.by in own or act.to in own])
    newest = in_order(_days(known, own), ())
    return _kinship(reader, known, acts, [*newest, *sorted(around - own, reverse=True)])


def years_with_links(reader: Reader) -> list[int]:
    """The years in which something was decided that is linked, the last first."""
    known = lineage.whole(reader)
    days = _days(known, _mentioned(_seen(known)))
    return sorted({day.year for day in days.values() if day}, reverse=True)


def _seen(known: Known) -> list[Act]:
    """The acts of which the reader may know both ends, or that name what no register holds."""
    facts = known.lineage.facts

    def is_open(number: str) -> bool:
        return number in known.visible or number not in facts

    return [
        act
        for act in known.lineage.acts
        if is_open(act.by) and is_open(act.to) and {act.by, act.to} & known.visible
    ]


def _mentioned(acts: Iterable[Act]) -> set[str]:
    return {number for act in acts for number in (act.by, act.to)}


def _next(acts: Iterable[Act], edge: Collection[str], found: set[str]) -> list[str]:
    """What is linked with the edge and was not found yet."""
    beside = {act.to for act in acts if act.by in edge} | {act.by for act in acts if act.to in edge}
    return sorted(beside - found, reverse=True)


def _days(known: Known, numbers: Iterable[str]) -> dict[str, date | None]:
    facts = known.lineage.facts
    return {number: facts[number].decided_on if number in facts else None for number in numbers}


def _kinship(reader: Reader, known: Known, acts: list[Act], found: list[str]) -> Kinship:
    kept = found[:MOST]
    among = [act for act in acts if act.by in kept and act.to in kept]
    order, day = in_order(_days(known, kept), among), today(reader)
    relatives = tuple(_relative(known, number, set(kept), day) for number in order)
    return Kinship(draw(order, among), relatives, len(found) - len(kept))


def _relative(known: Known, number: str, kept: set[str], day: date) -> Relative:
    mark = known.mark(number, day) if number in known.visible else None
    does = [
        card
        for card in links_of(known, number, day)
        if card.number in kept and ".by" not in card.reading
    ]
    return Relative(number, mark, tuple(does))
