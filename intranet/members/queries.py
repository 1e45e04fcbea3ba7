"""Reads about people, bodies and the cooperative, in small dataclasses made for a page."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session

from intranet.core import clock
from intranet.core.transaction import Reader
from intranet.members.models import Body, BodyMember, Cooperative, Person, StatusPeriod


@dataclass(frozen=True)
class CooperativeCard:
    """What every page shows of the cooperative."""

    name: str
    locale: str
    time_zone: str
    accent: str
    is_set_up: bool

    @property
    def zone(self) -> ZoneInfo:
        """The time zone by which its days begin and end."""
        return ZoneInfo(self.time_zone)


NOT_SET_UP = CooperativeCard("Intranet", "fr", "Europe/Paris", "teal", is_set_up=False)


@dataclass(frozen=True)
class PersonCard:
    """A person as a list or a signature shows them."""

    id: int
    name: str
    status: str | None = None


@dataclass(frozen=True)
class BodyCard:
    """A body as a list or a form shows it."""

    id: int
    code: str
    name: str
    description: str
    statuses: frozenset[str]


def cooperative(session: Session) -> CooperativeCard:
    """The cooperative of this installation, or a stand-in while it is not set up."""
    row = session.get(Cooperative, 1)
    if row is None:
        return NOT_SET_UP
    return CooperativeCard(row.name, row.locale, row.time_zone, row.accent, is_set_up=True)


def today(reader: Reader) -> date:
    """The day it is for the cooperative."""
    return clock.local_day(reader.now, cooperative(reader.session).zone)


def names(reader: Reader, person_ids: Iterable[int | None]) -> dict[int, str]:
    """The names of these people by number, in one query."""
    wanted = {number for number in person_ids if number is not None}
    if not wanted:
        return {}
    query = select(Person.id, Person.name).where(Person.id.in_(wanted))
    return {row.id: row.name for row in reader.session.execute(query)}


def _card(body: Body) -> BodyCard:
    return BodyCard(
        body.id, body.code, body.name, body.description, frozenset(body.statuses.split())
    )


def bodies(reader: Reader) -> list[BodyCard]:
    """All bodies in their order."""
    rows = reader.session.scalars(select(Body).order_by(Body.position, Body.id))
    return [_card(body) for body in rows]


def body(reader: Reader, body_id: int) -> BodyCard:
    """One body. Raises KeyError when there is none."""
    found = reader.session.get(Body, body_id)
    if found is None:
        raise KeyError(body_id)
    return _card(found)


def people_with_status(reader: Reader, statuses: Iterable[str], on: date) -> list[PersonCard]:
    """The people who have one of these statuses on a day, by name."""
    query = (
        select(Person.id, Person.name, StatusPeriod.status)
        .join(StatusPeriod, StatusPeriod.person_id == Person.id)
        .where(StatusPeriod.status.in_(set(statuses)))
        .where(StatusPeriod.starts_on <= on)
        .where(or_(StatusPeriod.ends_on.is_(None), StatusPeriod.ends_on > on))
        .order_by(Person.name)
    )
    return [PersonCard(*row) for row in reader.session.execute(query)]


def electorate(reader: Reader, body_id: int, on: date) -> list[PersonCard]:
    """The people who vote in a body on a day: by status, else by list, each exactly once."""
    card = body(reader, body_id)
    if card.statuses:
        return people_with_status(reader, card.statuses, on)
    current = and_(
        StatusPeriod.person_id == Person.id,
        StatusPeriod.starts_on <= on,
        or_(StatusPeriod.ends_on.is_(None), StatusPeriod.ends_on > on),
        StatusPeriod.status != "former",
    )
    query = (
        select(Person.id, Person.name, StatusPeriod.status)
        .join(BodyMember, BodyMember.person_id == Person.id)
        .join(StatusPeriod, current)
        .where(BodyMember.body_id == body_id)
        .order_by(Person.name)
    )
    return [PersonCard(*row) for row in reader.session.execute(query)]
