"""What somebody is told, as their list shows it: in words made now, under the rights of now."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from intranet.core.events import EventRow
from intranet.core.transaction import Reader
from intranet.notices.choices import Choices, choices
from intranet.notices.kinds import Kind
from intranet.notices.models import Notice
from intranet.notices.telling import Line, lines
from intranet.outbox.models import Message
from intranet.outbox.tokens import stop_digest

SHOWN = 40


@dataclass(frozen=True)
class Told:
    """One thing that somebody was told."""

    id: int
    at: datetime
    is_read: bool
    line: Line


def for_me(reader: Reader, limit: int = SHOWN, *, unread: bool = False) -> list[Told]:
    """What the reader was told last, the newest first, without what they may not know of now."""
    query = (
        select(Notice.id, Notice.at, Notice.read_at, EventRow)
        .join(EventRow, EventRow.id == Notice.event_id)
        .where(Notice.person_id == reader.actor.person_id)
        .order_by(Notice.id.desc())
        .limit(limit)
    )
    if unread:
        query = query.where(Notice.read_at.is_(None))
    rows = reader.session.execute(query).all()
    said = lines(reader, [row[3] for row in rows])
    return [
        Told(row.id, row.at, row.read_at is not None, line)
        for row, line in zip(rows, said, strict=True)
        if line is not None
    ]


def unread(reader: Reader) -> int:
    """How many notices wait to be read, at most as many as a list shows."""
    mine = Notice.person_id == reader.actor.person_id
    waiting = select(Notice.id).where(mine, Notice.read_at.is_(None)).limit(SHOWN).subquery()
    return reader.session.scalar(select(func.count()).select_from(waiting)) or 0


def my_choices(reader: Reader) -> Choices:
    """What the reader chose."""
    return choices(reader, [reader.actor.person_id or 0])


def kind_behind(reader: Reader, token: str) -> tuple[bool, Kind | None]:
    """Whether a link of a mail is known, and the kind of its mails; None for a daily or weekly
    one."""
    found = reader.session.execute(
        select(Message.id, Notice.kind)
        .outerjoin(
            Notice,
            (Notice.event_id == Message.reference) & (Notice.person_id == Message.person_id),
        )
        .where(Message.stop_digest == stop_digest(token), Message.person_id.is_not(None))
    ).one_or_none()
    return found is not None, Kind(found.kind) if found and found.kind else None
