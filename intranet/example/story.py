"""The story of the example: steps at moments of the past, lived one after another."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from intranet import subscriptions
from intranet.auth.queries import load_actor
from intranet.core import clock
from intranet.core.actor import SYSTEM
from intranet.core.events import write_events
from intranet.core.transaction import Transaction
from intranet.example.data import Example

OPENING = time(8)
SITTING = time(12)
"""When meetings decide: a decision enters the register at this hour, its effects follow."""
AFTERWARDS = time(13)


@dataclass
class World:
    """What exists so far, by the keys of the files, and the calendar of the story."""

    example: Example
    now: datetime
    zone: ZoneInfo
    people: dict[str, int] = field(default_factory=dict)
    bodies: dict[str, int] = field(default_factory=dict)
    procedures: dict[str, int] = field(default_factory=dict)
    pages: dict[str, int] = field(default_factory=dict)
    decisions: dict[str, str] = field(default_factory=dict)
    proposals: dict[str, int] = field(default_factory=dict)
    comments: dict[str, int] = field(default_factory=dict)

    @property
    def founded_on(self) -> date:
        """The day of the first decision."""
        first: date = next(iter(self.example.decisions.values()))["decided_on"]
        return first

    def moment(self, day: date, hour: time, minutes: int = 0) -> datetime:
        """An hour of a day by the cooperative's clock, some minutes later."""
        wall = datetime.combine(day, hour)
        return clock.wall_time(wall + timedelta(minutes=minutes), self.zone)

    def days_ago(self, days: int) -> date:
        """The day that lies so many days before the day of loading."""
        return clock.local_day(self.now, self.zone) - timedelta(days=days)

    def sitting(self, key: str) -> datetime:
        """When a decision was taken: those of one day follow each other by a minute."""
        minutes = list(self.example.decisions).index(key)
        return self.moment(self.example.decisions[key]["decided_on"], SITTING, minutes)


@dataclass(frozen=True)
class Step:
    """Something that happened at a moment; `actor` is the key of whoever did it, if anybody."""

    moment: datetime
    act: Callable[[Transaction], object]
    actor: str | None = None


@contextmanager
def at(tx: Transaction, moment: datetime, person_id: int | None) -> Iterator[None]:
    """Let the transaction stand at a past moment, as a person: what happens inside is authorised,
    written and recorded in the journal as of that moment and by that person."""
    tx.now = moment
    tx.actor = load_actor(tx.session, person_id, moment) if person_id else SYSTEM
    yield
    tx.session.flush()
    if tx.events:
        write_events(tx.session, tx.events, person_id, moment, subscriptions.consumers_of)
        tx.events.clear()


def live(tx: Transaction, world: World, steps: list[Step]) -> Iterator[int]:
    """Take all steps in the order of their moments, and say after each how many are done."""
    for done, step in enumerate(sorted(steps, key=lambda step: step.moment), start=1):
        with at(tx, step.moment, world.people[step.actor] if step.actor else None):
            step.act(tx)
        yield done
