"""Where rules stand, who may change them and when they ended, against the journal: in the database
and in an export."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from sqlalchemy import select

from intranet.audit.exported import Exported
from intranet.audit.payloads import payloads
from intranet.core.transaction import Reader
from intranet.wiki.repeals import RuleRepeal
from intranet.wiki.rule_places import RuleDeciders, RulePlace

Said = Callable[[str], Iterable[dict[str, Any]]]
Row = tuple[str, ...]


def placed(reader: Reader) -> Iterator[str]:
    """Every act on a whole rule is one of the journal, and each of the journal stands."""
    session = reader.session
    places = [
        (row.page_id, row.after_id, row.carried, row.in_force_on, row.decision_number)
        for row in session.scalars(select(RulePlace).order_by(RulePlace.id))
    ]
    deciders = [
        (row.page_id, row.decision_number, row.keys)
        for row in session.scalars(select(RuleDeciders).order_by(RuleDeciders.id))
    ]
    repeals = [
        (row.page_id, row.decision_number, row.repealed_on)
        for row in session.scalars(select(RuleRepeal))
    ]
    yield from _unlike(lambda name: payloads(reader, name), places, deciders, repeals)


def placed_in(export: Exported) -> Iterator[str]:
    """The same, asked of the tables of an export with its journal."""
    if not export.is_whole:
        return
    names = ("page_id", "after_id", "carried", "in_force_on", "decision")
    places = _table(export, "rule-places.csv", names)
    deciders = _table(export, "rule-deciders.csv", ("page_id", "decision", "procedures"))
    repeals = _table(export, "rule-repeals.csv", ("page_id", "decision", "repealed_on"))
    for problem in _unlike(export.said, places, deciders, repeals):
        yield f"rule-places.csv, rule-deciders.csv or rule-repeals.csv: {problem}"


def _table(export: Exported, name: str, columns: Sequence[str]) -> list[Row]:
    return [tuple(row[column] for column in columns) for row in export.table(name)]


def _plain(rows: Iterable[Sequence[object]]) -> list[Row]:
    """Rows as an export writes them, so that both kinds can be compared."""
    return [tuple("" if one in (None, False) else str(one) for one in row) for row in rows]


def _unlike(
    said: Said,
    places: Iterable[Sequence[object]],
    deciders: Iterable[Sequence[object]],
    repeals: Iterable[Sequence[object]],
) -> Iterator[str]:
    yield from _unlike_places(said, _plain(places))
    named = [(one["page_id"], one["decision_number"]) for one in said("RuleDecidersNamed")]
    kept = _plain(deciders)
    if [row[:2] for row in kept] != _plain(named):
        yield "the procedures that rules name are not those of the journal"
    told = [one.get("keys") for one in said("RuleDecidersNamed")]
    for row, keys in zip(kept, told, strict=False):
        if keys is not None and row[2] != keys:
            yield f"decision {row[1]} named other procedures for rule {row[0]}"
    names = ("page_id", "decision_number", "repealed_on")
    ended = {tuple(str(one[name]) for name in names) for one in said("RuleRepealed")}
    for page, decision, _day in sorted(set(_plain(repeals)) ^ ended):
        yield f"the end of rule {page} by {decision} is not as the journal says"


def _unlike_places(said: Said, places: list[Row]) -> Iterator[str]:
    """A first place comes with the rule, a later one is told, or follows one that is told."""
    made = {(str(one["page_id"]), one["decision_number"]) for one in said("RuleCreated")}
    moved = {
        (str(one["page_id"]), one["decision_number"], one["in_force_on"]): one
        for one in said("RulePlaced")
    }
    days = {(decision, day) for _page, decision, day in moved}
    known: set[str] = set()
    for page, after, carried, day, decision in places:
        came_with_the_rule = page not in known and (page, decision) in made
        known.add(page)
        if not decision or came_with_the_rule:
            continue
        told = moved.pop((page, decision, day), None)
        if told is not None and after != str(told.get("after_id", after) or ""):
            yield f"decision {decision} put rule {page} elsewhere"
        if told is None and not (carried and (decision, day) in days):
            yield f"the journal does not say that {decision} put rule {page} there"
    for page, decision, _day in moved:
        yield f"the place that {decision} gave to rule {page} is missing"
