"""What decisions did to whole rules: where each stands, who may change it, and when it ended."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sqlalchemy import select

from intranet.core.transaction import Reader
from intranet.export.folder import Folder
from intranet.wiki.models import Page
from intranet.wiki.repeals import RuleRepeal
from intranet.wiki.rule_places import RuleDeciders, RulePlace
from intranet.wiki.visibility import visible

PLACES = ("page_id", "slug", "place", "after_id", "carried", "in_force_on", "decision", "at")
DECIDERS = ("page_id", "slug", "procedures", "in_force_on", "decision", "at")
REPEALS = ("page_id", "slug", "repealed_on", "decision", "at")


def write_rules(reader: Reader, folder: Folder) -> None:
    """rule-places.csv, rule-deciders.csv and rule-repeals.csv, a line for each act of a decision,
    the oldest first: with the revisions they tell the rules of any day, in their order."""
    folder.write_table("rule-places.csv", PLACES, _places(reader))
    folder.write_table("rule-deciders.csv", DECIDERS, _deciders(reader))
    folder.write_table("rule-repeals.csv", REPEALS, _repeals(reader))


def _places(reader: Reader) -> Iterator[Sequence[object]]:
    query = (
        select(RulePlace, Page.slug)
        .join(Page, Page.id == RulePlace.page_id)
        .where(visible(reader))
        .order_by(RulePlace.id)
    )
    for row, slug in reader.session.execute(query):
        carried = "yes" if row.carried else ""
        where = (row.page_id, slug, row.place, row.after_id, carried)
        yield *where, row.in_force_on, row.decision_number, row.at


def _deciders(reader: Reader) -> Iterator[Sequence[object]]:
    query = (
        select(RuleDeciders, Page.slug)
        .join(Page, Page.id == RuleDeciders.page_id)
        .where(visible(reader))
        .order_by(RuleDeciders.id)
    )
    for row, slug in reader.session.execute(query):
        yield row.page_id, slug, row.keys, row.in_force_on, row.decision_number, row.at


def _repeals(reader: Reader) -> Iterator[Sequence[object]]:
    query = (
        select(RuleRepeal, Page.slug)
        .join(Page, Page.id == RuleRepeal.page_id)
        .where(visible(reader))
        .order_by(RuleRepeal.at, RuleRepeal.page_id)
    )
    for row, slug in reader.session.execute(query):
        yield row.page_id, slug, row.repealed_on, row.decision_number, row.at
