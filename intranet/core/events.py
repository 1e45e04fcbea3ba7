"""What happened: one row written with the change, chained by digest, from which reactions start."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import ClassVar, NamedTuple

from sqlalchemy import (
    CheckConstraint,
    Connection,
    ForeignKey,
    Index,
    Text,
    bindparam,
    insert,
    select,
    text,
    update,
)
from sqlalchemy.orm import Mapped, Session, mapped_column

from intranet.core.db import Base, Identified, append_only

GENESIS = "0" * 64


@dataclass(frozen=True)
class Event:
    """Something that happened, in the past tense. Fields are ids, dates and codes, never names."""

    version: ClassVar[int] = 1

    @property
    def name(self) -> str:
        """The name under which the row is stored."""
        return type(self).__name__


class EventRow(Base):
    """One line of the journal. Its number has no gap and its digest covers all lines before it."""

    __tablename__ = "event"
    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    name: Mapped[str]
    version: Mapped[int]
    actor_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    at: Mapped[datetime]
    payload: Mapped[str] = mapped_column(Text)
    digest: Mapped[str]


class Delivery(Identified):
    """One reaction that still has to happen, or has happened, because of one event."""

    __tablename__ = "delivery"
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id"))
    consumer: Mapped[str]
    due_at: Mapped[datetime]
    attempts: Mapped[int] = mapped_column(default=0)
    done_at: Mapped[datetime | None]
    last_error: Mapped[str | None] = mapped_column(Text)
    __table_args__ = (
        Index(
            "ix_delivery_open",
            "due_at",
            "id",
            sqlite_where=text("done_at IS NULL"),
            postgresql_where=text("done_at IS NULL"),
        ),
    )


class ChainHead(Base):
    """The last line of the journal: locked by whoever writes the next one."""

    __tablename__ = "chain_head"
    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    event_id: Mapped[int]
    digest: Mapped[str]
    __table_args__ = (CheckConstraint("id = 1", name="one_row"),)


append_only(EventRow)


def _plain(value: object) -> object:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"an event cannot hold {type(value).__name__}")


_encoder = json.JSONEncoder(
    sort_keys=True, separators=(",", ":"), ensure_ascii=False, default=_plain
)


def canonical(payload: object) -> str:
    """The one way to write a payload down: sorted keys, no spaces, characters as they are."""
    return _encoder.encode(payload)


class Line(NamedTuple):
    """What the digest of a line covers, beside the digest of the line before it."""

    id: int
    name: str
    version: int
    actor_id: int | None
    at: datetime
    payload: str


def digest_of(previous: str, line: Line) -> str:
    """SHA-256, in hexadecimal, of a line together with the digest of the line before it."""
    return hashlib.sha256(canonical([previous, *line]).encode()).hexdigest()


# Every command asks these: they are built once.
_HEAD = select(ChainHead.event_id, ChainHead.digest).with_for_update()
_MOVE = update(ChainHead).values(event_id=bindparam("number"), digest=bindparam("last"))
_LINES = insert(EventRow)
_DELIVERIES = insert(Delivery)


def _head(connection: Connection) -> tuple[int, str]:
    """The number and the digest of the last line, locked until the next one is written."""
    head = connection.execute(_HEAD).one_or_none()
    if head is not None:
        return head.event_id, head.digest
    connection.execute(insert(ChainHead), {"id": 1, "event_id": 0, "digest": GENESIS})
    return 0, GENESIS


def write_events(
    session: Session,
    events: Iterable[Event],
    actor_id: int | None,
    at: datetime,
    consumers_of: Callable[[Event], Iterable[str]],
) -> None:
    """Add the events at the end of the chain, each with a delivery for every consumer."""
    connection = session.connection()
    number, digest = _head(connection)
    lines, deliveries = [], []
    for happened in events:
        number += 1
        payload = canonical(vars(happened))
        line = Line(number, happened.name, happened.version, actor_id, at, payload)
        digest = digest_of(digest, line)
        lines.append({**line._asdict(), "digest": digest})
        deliveries += [
            {"event_id": number, "consumer": consumer, "due_at": at, "attempts": 0}
            for consumer in consumers_of(happened)
        ]
    connection.execute(_LINES, lines)
    connection.execute(_MOVE, {"number": number, "last": digest})
    if deliveries:
        connection.execute(_DELIVERIES, deliveries)


def first_broken_link(session: Session) -> int | None:
    """The number of the first line whose digest does not fit, or None when the chain is whole."""
    previous, expected = GENESIS, 1
    for row in session.scalars(select(EventRow).order_by(EventRow.id)).yield_per(500):
        line = Line(row.id, row.name, row.version, row.actor_id, row.at, row.payload)
        if row.id != expected or row.digest != digest_of(previous, line):
            return row.id
        previous, expected = row.digest, row.id + 1
    head = session.scalars(select(ChainHead)).one_or_none()
    if head is not None and (head.event_id, head.digest) != (expected - 1, previous):
        return expected
    return None
