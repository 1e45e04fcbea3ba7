"""One command is one transaction: all of it, or none of it."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from intranet.core import clock
from intranet.core.actor import SYSTEM, Actor
from intranet.core.db import WRITE, db
from intranet.core.events import Event, write_events
from intranet.core.generation import raise_generation
from intranet.core.obstacles import obstacle
from intranet.core.policy import Refused, Verdict
from intranet.core.turns import turn_to_write


@dataclass
class Reader:
    """Who is looking, at what moment, through which session. Queries take a Reader.

    A Reader cannot record events or write.
    """

    session: Session
    actor: Actor
    now: datetime


@dataclass
class Transaction(Reader):
    """The right to change things once. Commands and effects take a Transaction.

    `now` is read after the write lock is held and stays fixed, so a deadline test and the
    time stamps it leads to agree.
    """

    events: list[Event] = field(default_factory=list)
    shows: bool = True

    def require(self, permission: Callable[..., Verdict], *subject: object) -> None:
        """Raise Refused with the permission's reason unless the actor may proceed."""
        verdict = permission(self, *subject)
        if not verdict:
            raise Refused(verdict)

    def keep_pages(self) -> None:
        """Say that no page which is kept for its readers shows what this command writes, and that
        it takes no right away: whatever was worked out before it still holds."""
        self.shows = False

    def record(self, event: Event) -> None:
        """Remember that this happened; stored when the transaction commits."""
        self.events.append(event)


ActorLoader = Callable[[Session, int, datetime], Actor]
Consumers = Callable[[Event], Iterable[str]]


@dataclass
class _Wiring:
    """What the ground needs from above, handed over once by the application factory."""

    load_actor: ActorLoader | None = None
    consumers_of: Consumers = lambda _event: ()


_wiring = _Wiring()
_inside = threading.local()


def wire(load_actor: ActorLoader, consumers_of: Consumers) -> None:
    """Tell the ground how to load a person's rights and which reactions follow an event."""
    _wiring.load_actor = load_actor
    _wiring.consumers_of = consumers_of


def _actor(session: Session, actor_id: int | None, now: datetime) -> Actor:
    if actor_id is None:
        return SYSTEM
    assert _wiring.load_actor is not None, "wire() comes first"  # noqa: S101
    return _wiring.load_actor(session, actor_id, now)


def _begin(session: Session, actor_id: int | None) -> Transaction:
    """Take the write lock, then read the clock and the actor's rights."""
    session.connection(execution_options={WRITE: True})
    now = clock.now()
    return Transaction(session=session, actor=_actor(session, actor_id, now), now=now)


def _commit(tx: Transaction, actor_id: int | None) -> None:
    """Write the events behind the change, and make both last."""
    tx.session.flush()
    if tx.events:
        write_events(tx.session, tx.events, actor_id, tx.now, _wiring.consumers_of)
    if tx.shows:
        raise_generation(tx.session)
    tx.session.commit()


@contextmanager
def transaction(actor_id: int | None) -> Iterator[Transaction]:
    """Run one command: all of it, or none of it. Refuses to be nested.

    None means the system itself (clock, import). The read snapshot of the request is ended
    first, then the write lock is taken, the actor reloaded and the clock read, so that the
    command sees the world as it is. Raises CannotWrite when others write for too long or the disk
    is full.
    """
    if getattr(_inside, "active", False):
        raise RuntimeError("a transaction is already open: commands do not nest")
    _inside.active = True
    try:
        session = db.session()
        session.rollback()
        with turn_to_write(db.engine):
            try:
                tx = _begin(session, actor_id)
                yield tx
                _commit(tx, actor_id)
            except OperationalError as error:
                session.rollback()
                raise obstacle(error) or error from error
            except BaseException:
                # Undone before the next writer's turn, so that nobody waits for a lock left behind.
                session.rollback()
                raise
    finally:
        _inside.active = False


def reader(actor: Actor) -> Reader:
    """A Reader of the present moment on the request's session."""
    return Reader(session=db.session(), actor=actor, now=clock.now())
