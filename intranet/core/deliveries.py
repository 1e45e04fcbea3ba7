"""Reactions that still have to happen: taken in order, tried again, parked after ten failures."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from intranet.core.actor import SYSTEM
from intranet.core.events import Delivery, EventRow
from intranet.core.transaction import Reader, Transaction, reader, transaction

MOST_ATTEMPTS = 10
BATCH = 200


@dataclass(frozen=True)
class Reaction:
    """Something done after events. It may be repeated, so it must come to the same end.

    It reads through a Reader and writes only what is its own (an index, a mail queue), never
    inside the transaction of the records.
    """

    name: str
    react: Callable[[Reader, Sequence[EventRow]], None]


@dataclass(frozen=True)
class Backlog:
    """How many deliveries wait, since when in seconds, and how many were given up."""

    waiting: int
    oldest_seconds: int
    parked: int


def backlog(session: Session, look: Reader) -> Backlog:
    """The state of the queue, for the health page and `intranet doctor`."""
    still_open = Delivery.done_at.is_(None)
    tried = Delivery.attempts < MOST_ATTEMPTS
    waiting, oldest = session.execute(
        select(func.count(), func.min(EventRow.at))
        .select_from(Delivery)
        .join(EventRow, EventRow.id == Delivery.event_id)
        .where(still_open, tried)
    ).one()
    parked = session.scalar(select(func.count()).select_from(Delivery).where(still_open, ~tried))
    age = int((look.now - oldest).total_seconds()) if oldest else 0
    return Backlog(waiting, max(age, 0), parked or 0)


def given_up(session: Session) -> list[str]:
    """The reactions that failed ten times: consumer, number of the event, and the last error."""
    rows = session.scalars(
        select(Delivery)
        .where(Delivery.done_at.is_(None), Delivery.attempts >= MOST_ATTEMPTS)
        .order_by(Delivery.id)
    )
    return [f"{row.consumer}, event {row.event_id}: {row.last_error}" for row in rows]


def _newest(look: Reader) -> int:
    return look.session.scalar(select(func.max(Delivery.id))) or 0


def _next_batch(look: Reader, last: int) -> tuple[str, list[tuple[int, EventRow]]] | None:
    """The oldest due deliveries up to this one, all for one consumer."""
    rows = look.session.execute(
        select(Delivery.id, Delivery.consumer, EventRow)
        .join(EventRow, EventRow.id == Delivery.event_id)
        .where(Delivery.done_at.is_(None), Delivery.due_at <= look.now)
        .where(Delivery.attempts < MOST_ATTEMPTS, Delivery.id <= last)
        .order_by(Delivery.id)
        .limit(BATCH)
    ).all()
    if not rows:
        return None
    consumer = rows[0].consumer
    return consumer, [(row.id, row[2]) for row in rows if row.consumer == consumer]


def _mark_done(ids: Sequence[int]) -> None:
    with transaction(None) as tx:
        tx.keep_pages()
        tx.session.execute(update(Delivery).where(Delivery.id.in_(ids)).values(done_at=tx.now))


def settle(tx: Transaction, consumer: str, event_id: int) -> None:
    """Mark as done what a reaction still had to do for events up to this one, because it was done
    for all of them at once in another way."""
    tx.session.execute(
        update(Delivery)
        .where(Delivery.consumer == consumer, Delivery.event_id <= event_id)
        .where(Delivery.done_at.is_(None))
        .values(done_at=tx.now)
    )


def _mark_failed(delivery_id: int, error: Exception) -> None:
    with transaction(None) as tx:
        tx.keep_pages()
        delivery = tx.session.get_one(Delivery, delivery_id)
        delivery.attempts += 1
        delivery.last_error = f"{type(error).__name__}: {error}"[:2000]
        delivery.due_at = tx.now + timedelta(seconds=2**delivery.attempts)


def _deliver(reaction: Reaction, batch: Sequence[tuple[int, EventRow]]) -> None:
    """Hand over a batch at once; when that fails, one by one, so that one row blocks no other."""
    try:
        reaction.react(reader(SYSTEM), [row for _, row in batch])
        _mark_done([delivery_id for delivery_id, _ in batch])
    except Exception as error:
        if len(batch) == 1:
            _mark_failed(batch[0][0], error)
        else:
            for single in batch:
                _deliver(reaction, [single])


def drain(reactions: Mapping[str, Reaction]) -> int:
    """Deliver all that is due and give their number. The caller holds the drainer's lock.

    What comes in meanwhile waits for the next time: while many write, a reaction is then asked for
    many events at once, and leaves the machine to those who write.
    """
    delivered, last = 0, _newest(reader(SYSTEM))
    while True:
        look = reader(SYSTEM)
        batch = _next_batch(look, last)
        if batch is None:
            look.session.rollback()
            return delivered
        consumer, rows = batch
        look.session.expunge_all()
        look.session.rollback()
        _deliver(reactions[consumer], rows)
        delivered += len(rows)
