"""Reads about mandates."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import Select, or_, select

from intranet.core.transaction import Reader
from intranet.members import queries as members
from intranet.members.models import Body, Mandate, Person
from intranet.members.statuses import Right

SOON = timedelta(days=30)


def holds_mandate(reader: Reader, body_id: int) -> bool:
    """Whether the person looking holds a mandate of this body today."""
    return reader.session.scalar(_of_today(reader).where(Mandate.body_id == body_id)) is not None


def holds_any_mandate(reader: Reader) -> bool:
    """Whether the person looking holds a mandate of any body today."""
    return reader.session.scalar(_of_today(reader)) is not None


def _of_today(reader: Reader) -> Select[int]:
    today = members.today(reader)
    return (
        select(Mandate.id)
        .where(Mandate.person_id == reader.actor.person_id, Mandate.starts_on <= today)
        .where(or_(Mandate.ends_on.is_(None), Mandate.ends_on > today))
        .limit(1)
    )


@dataclass(frozen=True)
class Held:
    """A task that somebody holds on a day, or will hold."""

    id: int
    person_id: int
    person: str
    role: str
    body_id: int | None
    body: str | None
    starts_on: date
    ends_on: date | None


def mandates_held(reader: Reader, on: date) -> list[Held]:
    """The mandates that hold on a day, by role and name."""
    rows = reader.session.execute(
        select(
            Mandate.id,
            Mandate.person_id,
            Person.name,
            Mandate.role,
            Mandate.body_id,
            Body.name,
            Mandate.starts_on,
            Mandate.ends_on,
        )
        .join(Person, Person.id == Mandate.person_id)
        .outerjoin(Body, Body.id == Mandate.body_id)
        .where(Mandate.starts_on <= on)
        .where(or_(Mandate.ends_on.is_(None), Mandate.ends_on > on))
        .order_by(Mandate.role, Person.name, Mandate.id)
    )
    return [Held(*row) for row in rows]


def ending_soon(reader: Reader) -> list[Held]:
    """The mandates that end within 30 days: one's own, and all of them for whoever keeps the
    records."""
    today, actor = members.today(reader), reader.actor
    held = [one for one in mandates_held(reader, today) if one.ends_on is not None]
    return [
        one
        for one in held
        if one.ends_on is not None
        and one.ends_on <= today + SOON
        and (one.person_id == actor.person_id or actor.has(Right.RECORD))
    ]
