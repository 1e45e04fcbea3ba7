"""The rulebook on any day: all rules that a reader may read, as one document."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from fractions import Fraction
from itertools import groupby
from typing import Protocol, TypeVar

from intranet.core.transaction import Reader
from intranet.polls.procedure_queries import procedures
from intranet.rulebook import sources
from intranet.rulebook.articles import article, article_to_come, numbered
from intranet.rulebook.sources import BlockRow, Found
from intranet.rulebook.text import Article, Move, Part, Rulebook
from intranet.wiki.models import Layer
from intranet.wiki.rule_places import Places, deciders_on, places

RANKS = tuple(map(str, Layer))
"""The ranks of rules, the strongest first."""


class _HasPlace(Protocol):
    """What has a place among the rules."""

    @property
    def layer(self) -> str:
        """The rank of the rule."""
        ...

    @property
    def page_id(self) -> int:
        """The page that the rule is."""
        ...


Ranked = TypeVar("Ranked", bound=_HasPlace)


def rulebook(reader: Reader, on: date) -> Rulebook:
    """The rules as they apply on a day, past or to come, in a number of statements that is always
    the same; nothing is rendered.

    What was adopted by the end of that day and applies later stands beside it as coming. Their
    order is that of the day. Rules that the reader may not read leave no trace: not in the numbers,
    the dates or the digest.
    """
    until = sources.last_instant(reader, on)
    present = sources.in_force(reader, on, until)
    later = _by_page(sources.coming(reader, on, until))
    blocks = sources.blocks(reader, _revisions(present, later))
    placed, named = places(reader), deciders_on(reader, on)
    articles = [article(row, later.get(row.page_id, ()), blocks) for row in present]
    known = {row.page_id for row in present}
    articles += [article_to_come(rows, blocks) for key, rows in later.items() if key not in known]
    moves = _moves(placed, {one.page_id: one.title for one in articles}, on, until)
    articles = [
        replace(one, deciders=named.get(one.page_id, ()), moves=tuple(moves.get(one.page_id, ())))
        for one in in_order(articles, placed.on(on))
    ]
    by_page = {row.page_id: blocks.get(row.revision_id, []) for row in present}
    days = sources.days_of_change(reader)
    return Rulebook(on, _parts(reader, articles, by_page), *_around(days, on))


def in_order(found: Iterable[Ranked], place: Mapping[int, Fraction]) -> list[Ranked]:
    """Articles by rank and by their places of a day; one without a place stands behind."""
    behind = max(place.values(), default=Fraction(0)) + 1
    return sorted(
        found,
        key=lambda one: (RANKS.index(one.layer), place.get(one.page_id, behind), one.page_id),
    )


def _moves(
    placed: Places, titles: Mapping[int, str], on: date, until: datetime
) -> dict[int, list[Move]]:
    """The moves adopted by then that apply after a day, by rule; of those that are shown."""
    found: dict[int, list[Move]] = defaultdict(list)
    for move in placed.moves:
        if move.in_force_on > on and move.at <= until and not move.carried:
            after = titles.get(move.after_id, "") if move.after_id else ""
            found[move.page_id].append(Move(after, move.in_force_on, move.decision_number))
    return found


def _by_page(rows: Iterable[Found]) -> dict[int, list[Found]]:
    found: dict[int, list[Found]] = defaultdict(list)
    for row in rows:
        found[row.page_id].append(row)
    return found


def _revisions(present: Sequence[Found], later: Mapping[int, Sequence[Found]]) -> list[int]:
    rows = [*present, *(row for rows in later.values() for row in rows)]
    return [row.revision_id for row in rows]


def _parts(
    reader: Reader, articles: Sequence[Article], blocks: Mapping[int, list[BlockRow]]
) -> tuple[Part, ...]:
    able = procedures(reader)
    parts = []
    by_layer = {layer: list(group) for layer, group in groupby(articles, lambda one: one.layer)}
    for layer in RANKS:
        names = tuple((one.key, one.name) for one in able if layer in one.layers)
        parts.append(Part(layer, _numbered(by_layer.get(layer, []), blocks), names))
    return tuple(parts)


def _numbered(
    articles: Iterable[Article], blocks: Mapping[int, list[BlockRow]]
) -> tuple[Article, ...]:
    """The articles of one rank, those in force numbered from one on."""
    shown, number = [], 0
    for one in articles:
        if one.coming_on is None:
            number += 1
            one = numbered(one, number, blocks.get(one.page_id, []))
        shown.append(one)
    return tuple(shown)


def _around(days: Sequence[date], on: date) -> tuple[date | None, date | None]:
    """The nearest days of change before and after a day."""
    before, after = bisect_left(days, on), bisect_right(days, on)
    return (days[before - 1] if before else None), (days[after] if after < len(days) else None)
