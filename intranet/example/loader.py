"""Fill an instance with the example cooperative: its whole past, and what is open today."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from enum import StrEnum
from itertools import chain
from typing import Protocol
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from intranet.auth.models import Account
from intranet.core.transaction import transaction
from intranet.decisions.models import Decision
from intranet.example import advising, choosing, data, debate, people, register, story, writing
from intranet.members.queries import cooperative
from intranet.proposals.models import Proposal
from intranet.wiki.models import Page

Progress = Callable[[int, int], None]
"""Told how many steps are done, and of how many."""


class Application(Protocol):
    """What is needed of the application: a context in which its database is known."""

    def app_context(self) -> AbstractContextManager[object]:
        """Make the application the present one."""
        ...


class Holds(StrEnum):
    """What an instance holds, as far as the example is concerned."""

    NOTHING = "nothing"
    EXAMPLE = "example"
    COOPERATIVE = "cooperative"


class NotEmpty(Exception):
    """The instance has pages, decisions or proposals already: the example would mix with them."""


def load(app: Application, tell: Progress = lambda _done, _of: None) -> None:
    """Add the people, rules, proposals and decisions of the example, in one transaction.

    The instance is empty, or a cooperative that was just founded and keeps its name. Raises
    NotEmpty otherwise; nothing is changed then.
    """
    example = data.read()
    zone = ZoneInfo(example.cooperative["timezone"])
    with app.app_context(), transaction(None) as tx:
        if _is_in_use(tx.session):
            raise NotEmpty
        world = story.World(example, tx.now, zone)
        parts = (people, register, writing, debate, choosing, advising)
        steps = list(chain.from_iterable(part.steps(world) for part in parts))
        for done in story.live(tx, world, steps):
            tell(done, len(steps))


def holds(session: Session) -> Holds:
    """What an instance holds: nothing yet, the example, or a cooperative of its own."""
    addresses = [person["email"] for person in data.read().people]
    known = set(session.scalars(select(Account.email).where(Account.email.in_(addresses))))
    if _is_in_use(session) and known == set(addresses):
        return Holds.EXAMPLE
    return Holds.COOPERATIVE if cooperative(session).is_set_up else Holds.NOTHING


def _is_in_use(session: Session) -> bool:
    tables = (Page, Decision, Proposal)
    return any(session.scalar(select(table.id).limit(1)) is not None for table in tables)
