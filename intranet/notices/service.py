"""Choosing what one is told, and putting aside what one has read. No event tells of it."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import delete, select, update

from intranet.core.policy import Invalid
from intranet.core.transaction import Transaction
from intranet.notices.choices import choices
from intranet.notices.kinds import Kind, Way
from intranet.notices.models import ChosenWay, Notice, QuietTime
from intranet.notices.policy import may_choose, may_stop_mail
from intranet.notices.quiet import Quiet
from intranet.outbox.models import Message
from intranet.outbox.tokens import stop_digest


def choose(tx: Transaction, ways: Mapping[Kind, Way], quiet: Quiet) -> None:
    """Say how the actor is told of each kind of thing, and when they want quiet.

    What waits for the next mail follows the new choice. Raises Refused, Invalid when no hour of
    the week is left.
    """
    tx.require(may_choose)
    person_id = tx.actor.person_id
    assert person_id is not None  # noqa: S101
    if len(quiet.days) == 7:
        raise Invalid(days="notices.no_day_left")
    for kind, way in ways.items():
        _choose(tx, person_id, kind, way)
    tx.session.execute(delete(QuietTime).where(QuietTime.person_id == person_id))
    days = " ".join(map(str, sorted(quiet.days)))
    tx.session.add(
        QuietTime(person_id=person_id, days=days, from_hour=quiet.from_hour, to_hour=quiet.to_hour)
    )


def _choose(tx: Transaction, person_id: int, kind: Kind, way: Way) -> None:
    tx.session.merge(ChosenWay(person_id=person_id, kind=kind, way=way))
    waiting = (Notice.message_id.is_(None), Notice.read_at.is_(None))
    tx.session.execute(
        update(Notice)
        .where(Notice.person_id == person_id, Notice.kind == kind, Notice.way != way, *waiting)
        .values(way=way if way is not Way.OFF else Way.APP)
    )


def put_aside(tx: Transaction, notice_ids: list[int] | None = None) -> None:
    """Note that the actor has read some notices, or all; those of others stay as they are."""
    tx.require(may_choose)
    chosen = Notice.id.in_(notice_ids) if notice_ids is not None else Notice.id > 0
    tx.session.execute(
        update(Notice)
        .where(Notice.person_id == tx.actor.person_id, Notice.read_at.is_(None), chosen)
        .values(read_at=tx.now)
    )
    tx.keep_pages()


def stop_mail(tx: Transaction, token: str) -> None:
    """End mails of the kind that came with this link: they stay in the list of the application.

    Twice changes nothing. The link of a daily or weekly mail ends both. Raises Refused.
    """
    row = tx.session.scalars(
        select(Message).where(Message.stop_digest == stop_digest(token))
    ).one_or_none()
    tx.require(may_stop_mail, row.person_id if row else None)
    assert row is not None and row.person_id is not None  # noqa: S101, PT018
    for kind, way in _ended_kinds(tx, row):
        _choose(tx, row.person_id, kind, way)


def _ended_kinds(tx: Transaction, row: Message) -> list[tuple[Kind, Way]]:
    if row.reference is not None:
        query = select(Notice.kind).where(
            Notice.event_id == row.reference, Notice.person_id == row.person_id
        )
        return [(Kind(kind), Way.APP) for kind in tx.session.scalars(query)]
    known = choices(tx, [row.person_id or 0])
    digests = (Way.DAILY, Way.WEEKLY)
    return [(k, Way.APP) for k in Kind if known.way(row.person_id or 0, k) in digests]
