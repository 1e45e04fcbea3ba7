"""The state of what is to be sent, for those who look after the machine."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from intranet.core.transaction import Reader
from intranet.outbox import post
from intranet.outbox.models import MOST_ATTEMPTS, Message

SHOWN = 20


@dataclass(frozen=True)
class Parked:
    """A message that was given up after ten attempts, without what it says."""

    id: int
    channel: str
    created_at: datetime
    last_error: str | None


@dataclass(frozen=True)
class OutboxState:
    """Whether mail can be sent, how much waits and how much was done in the last week."""

    has_mail: bool
    has_room: bool
    sender: str
    waiting: int
    done: int
    parked: tuple[Parked, ...]
    parked_in_all: int


def has_mail() -> bool:
    """Whether this installation can send mail at all."""
    return post.current().mail is not None


def letters(reader: Reader, keys: Collection[str]) -> Mapping[str, str]:
    """How far the letters of these keys are, in one statement: `sent`, `waiting`, or `given_up`
    after ten attempts. A letter that was never laid down is not in it."""
    if not keys:
        return {}
    query = select(Message.key, Message.done_at, Message.attempts).where(Message.key.in_(keys))
    return {
        key: "sent" if done else "given_up" if attempts >= MOST_ATTEMPTS else "waiting"
        for key, done, attempts in reader.session.execute(query)
    }


def has_given_up(session: Session) -> bool:
    """Whether some message failed ten times and waits for somebody to look."""
    given_up = Message.done_at.is_(None) & (Message.attempts >= MOST_ATTEMPTS)
    return session.scalar(select(Message.id).where(given_up).limit(1)) is not None


def state(reader: Reader) -> OutboxState:
    """The state of the outbox. No address and no subject is shown: they are for their people."""
    now = post.current()
    still_open = Message.done_at.is_(None)
    tried = Message.attempts < MOST_ATTEMPTS
    waiting, parked = reader.session.execute(
        select(func.count().filter(tried), func.count().filter(~tried)).where(still_open)
    ).one()
    since = reader.now - timedelta(days=7)
    done = select(func.count()).select_from(Message).where(Message.done_at >= since)
    rows = reader.session.execute(
        select(Message.id, Message.channel, Message.created_at, Message.last_error)
        .where(still_open, ~tried)
        .order_by(Message.id.desc())
        .limit(SHOWN)
    )
    return OutboxState(
        has_mail=now.mail is not None,
        has_room=now.room is not None,
        sender=now.mail.sender if now.mail else "",
        waiting=waiting,
        done=reader.session.scalar(done) or 0,
        parked=tuple(Parked(*row) for row in rows),
        parked_in_all=parked,
    )
