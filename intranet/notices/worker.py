"""Telling people what happened: notices for each, and mails laid down to be sent."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from intranet.core.db import insert_once
from intranet.core.deliveries import Reaction
from intranet.core.events import EventRow
from intranet.core.transaction import Reader, Transaction, transaction
from intranet.members.queries import cooperative
from intranet.notices.choices import Choices, choices
from intranet.notices.kinds import Kind, Way
from intranet.notices.models import Notice
from intranet.notices.quiet import next_moment
from intranet.notices.reading import addressee, as_person
from intranet.notices.recipients import of_event
from intranet.notices.room import is_for_the_room
from intranet.notices.telling import lines
from intranet.outbox import post
from intranet.outbox.queue import Order, lay_down

NOTICE, ROOM = "notice", "room"
NEWS = timedelta(days=7)
"""What happened longer ago is in the list of each, and sent to nobody: a mail server set up late,
or a worker that comes back after weeks, does not pour out what everybody knows."""


@dataclass(frozen=True)
class Plan:
    """Who is told of one event and how, worked out before anything is written."""

    event: EventRow
    told: tuple[tuple[int, Kind, Way], ...]
    chosen: Choices
    for_room: bool


def _tell(look: Reader, rows: Sequence[EventRow]) -> None:
    """Tell of each event once: what was told already stays as it is."""
    for row in rows:
        plan = _plan(look, row)
        look.session.rollback()
        if plan.told or plan.for_room:
            with transaction(None) as tx:
                tx.keep_pages()
                _write(tx, plan)


TELLING = Reaction("notices.telling", _tell)


def _plan(look: Reader, row: EventRow) -> Plan:
    found = of_event(look, row)
    chosen = choices(look, found.keys())
    told = [
        (person, kind, way)
        for person, kind in found.items()
        if (way := chosen.way(person, kind)) is not Way.OFF and _may_know(look, person, kind, row)
    ]
    for_room = post.current().room is not None and is_for_the_room(look, row)
    return Plan(row, tuple(told), chosen, for_room)


def _may_know(look: Reader, person_id: int, kind: Kind, row: EventRow) -> bool:
    """Whether there is something to tell this person. Of a reminder everybody on the roll has a
    row, so that the rows do not say who had voted."""
    reader = as_person(look, person_id)
    if addressee(reader) is None:
        return False
    return kind is Kind.REMINDER or lines(reader, [row])[0] is not None


def _write(tx: Transaction, plan: Plan) -> None:
    zone = cooperative(tx.session).zone
    is_news = tx.now - plan.event.at < NEWS
    is_sent = is_news and post.current().mail is not None
    for person, kind, way in plan.told:
        values = {"kind": kind, "way": way, "at": plan.event.at}
        key = {"event_id": plan.event.id, "person_id": person}
        if insert_once(tx.session, Notice, **key, **values) and way is Way.MAIL and is_sent:
            due = next_moment(tx.now, plan.chosen.quiet_of(person), zone)
            name = f"event:{plan.event.id}:person:{person}:mail"
            lay_down(tx, Order(name, NOTICE, due, person, plan.event.id))
    if plan.for_room and is_news:
        lay_down(tx, Order(f"event:{plan.event.id}:room", ROOM, tx.now, None, plan.event.id))
