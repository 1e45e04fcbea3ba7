"""What the rules of a day are made of, read in a number of statements that never grows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, and_, exists, func, or_, select
from sqlalchemy.orm import aliased

from intranet.core import clock
from intranet.core.texts import TextBody
from intranet.core.transaction import Reader
from intranet.members.queries import cooperative
from intranet.wiki.models import Page, PageKind, Rendering, Revision, RevisionBlock
from intranet.wiki.repeals import RuleRepeal
from intranet.wiki.rule_places import RulePlace
from intranet.wiki.visibility import visible

Found = Row[*tuple[Any, ...]]

_COLUMNS = (
    Page.id.label("page_id"),
    Page.slug,
    Page.layer,
    Revision.id.label("revision_id"),
    Revision.number,
    Revision.title,
    Revision.text_digest,
    Revision.decision_number,
    Revision.in_force_on,
)
DRAWN = (*_COLUMNS, Rendering.html, TextBody.redacted_because)
PLAIN = _COLUMNS


@dataclass(frozen=True)
class BlockRow:
    """A paragraph of a revision: its id, kind and words' digest, and the decision behind it."""

    block_id: str
    kind: str
    digest: str
    decision_number: str | None
    in_force_on: date | None


def last_instant(reader: Reader, day: date) -> datetime:
    """The end of a day, or now when the day is not over: nothing later was known on it."""
    zone = cooperative(reader.session).zone
    return min(clock.start_of_day(day + timedelta(days=1), zone), reader.now)


def _rules(reader: Reader, day: date, until: datetime) -> ColumnElement[bool]:
    """Rules that this reader may know and that were neither repealed nor put away by then."""
    in_use = or_(Page.archived_at.is_(None), Page.archived_at > until)
    ended = exists().where(RuleRepeal.page_id == Page.id, RuleRepeal.repealed_on <= day)
    return and_(Page.kind == PageKind.RULE, visible(reader), in_use, ~ended)


def in_force(
    reader: Reader, day: date, until: datetime, columns: tuple[Any, ...] = DRAWN
) -> list[Found]:
    """The text of each rule that applies on a day, for those that are rules by then."""
    its = aliased(Revision)
    applies = or_(
        and_(its.in_force_on.is_not(None), its.in_force_on <= day),
        and_(its.in_force_on.is_(None), its.at <= until),
    )
    newest = (
        select(func.max(its.number))
        .where(its.page_id == Page.id, applies)
        .correlate(Page)
        .scalar_subquery()
    )
    enacted = aliased(Revision)
    is_rule = exists().where(
        enacted.page_id == Page.id,
        enacted.decision_number.is_not(None),
        enacted.in_force_on <= day,
    )
    query = _joined(columns).where(Revision.number == newest, is_rule, _rules(reader, day, until))
    return list(reader.session.execute(query))


def _joined(columns: tuple[Any, ...]) -> Select[*tuple[Any, ...]]:
    """These columns of pages with their revisions, and with what these look like if it is asked."""
    query = select(*columns).select_from(Page).join(Revision, Revision.page_id == Page.id)
    if columns is DRAWN:
        query = query.join(Rendering, Rendering.revision_id == Revision.id)
        query = query.join(TextBody, TextBody.digest == Revision.text_digest)
    return query


def coming(reader: Reader, day: date, until: datetime) -> list[Found]:
    """The texts adopted by then that apply after a day, the earliest of each rule first."""
    query = _joined(DRAWN).where(
        Revision.decision_number.is_not(None),
        Revision.in_force_on > day,
        Revision.at <= until,
        _rules(reader, day, until),
    )
    return list(reader.session.execute(query.order_by(Page.id, Revision.number)))


def blocks(reader: Reader, revision_ids: Collection[int]) -> dict[int, list[BlockRow]]:
    """The paragraphs of these revisions, in order."""
    query = (
        select(
            RevisionBlock.revision_id,
            RevisionBlock.block_id,
            RevisionBlock.kind,
            RevisionBlock.text_digest,
            RevisionBlock.decision_number,
            RevisionBlock.in_force_on,
        )
        .where(RevisionBlock.revision_id.in_(revision_ids))
        .order_by(RevisionBlock.revision_id, RevisionBlock.position)
    )
    found: dict[int, list[BlockRow]] = defaultdict(list)
    for row in reader.session.execute(query):
        found[row[0]].append(BlockRow(*row[1:]))
    return found


def days_of_change(reader: Reader) -> list[date]:
    """The days on which a rule that this reader may know changes, moves, began or ended."""
    enacted = (
        select(Revision.in_force_on)
        .join(Page, Page.id == Revision.page_id)
        .where(Revision.decision_number.is_not(None), Page.kind == PageKind.RULE, visible(reader))
        .distinct()
    )
    left = select(Page.archived_at).where(
        Page.kind == PageKind.RULE, Page.archived_at.is_not(None), visible(reader)
    )
    repealed = (
        select(RuleRepeal.repealed_on)
        .join(Page, Page.id == RuleRepeal.page_id)
        .where(visible(reader))
        .distinct()
    )
    its = aliased(RulePlace)
    first_place = select(func.min(its.id)).where(its.page_id == Page.id).scalar_subquery()
    placed = (
        select(RulePlace.in_force_on)
        .join(Page, Page.id == RulePlace.page_id)
        .where(RulePlace.id != first_place, visible(reader))
        .distinct()
    )
    zone = cooperative(reader.session).zone
    days = {day for day in reader.session.scalars(enacted) if day}
    days |= set(reader.session.scalars(repealed)) | set(reader.session.scalars(placed))
    days |= {clock.local_day(at, zone) for at in reader.session.scalars(left) if at}
    return sorted(days)
