"""Reads about people, bodies and the cooperative, in small dataclasses made for a page."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import Session

from intranet.core import clock
from intranet.core.policy import NotFound
from intranet.core.transaction import Reader
from intranet.members.models import (
    Body,
    BodyMember,
    Cooperative,
    Mandate,
    Person,
    Portrait,
    StatusPeriod,
)


@dataclass(frozen=True)
class CooperativeCard:
    """What every page shows of the cooperative."""

    name: str
    locale: str
    time_zone: str
    accent: str
    is_set_up: bool
    external_members: bool = False
    chat_url: str = ""

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
    skills: str = ""


@dataclass(frozen=True)
class BodyCard:
    """A body as a list or a form shows it."""

    id: int
    code: str
    name: str
    description: str
    statuses: frozenset[str]
    parent_id: int | None = None


@dataclass(frozen=True)
class PeriodLine:
    """What a person was from one day to another, and the decision that said so."""

    status: str
    starts_on: date
    ends_on: date | None
    decision_number: str | None


@dataclass(frozen=True)
class MandateLine:
    """A task that a person holds or held."""

    person: PersonCard
    role: str
    body_name: str | None
    starts_on: date
    ends_on: date | None
    decision_number: str | None
    id: int
    end_decision_number: str | None = None


@dataclass(frozen=True)
class Profile:
    """A person's page: the history and the mandates, the latest first."""

    id: int
    name: str
    about: str
    status: str | None
    periods: tuple[PeriodLine, ...]
    mandates: tuple[MandateLine, ...]
    skills: str = ""
    languages: str = ""
    presence: str = ""
    visible_to: str = "workers"
    has_portrait: bool = False
    is_erased: bool = False


@dataclass(frozen=True)
class BodyProfile:
    """A body with those who belong to it today and the mandates it gave."""

    card: BodyCard
    people: tuple[PersonCard, ...]
    mandates: tuple[MandateLine, ...]


def cooperative(session: Session) -> CooperativeCard:
    """The cooperative of this installation, or a stand-in while it is not set up."""
    row = session.get(Cooperative, 1)
    if row is None:
        return NOT_SET_UP
    return CooperativeCard(
        row.name,
        row.locale,
        row.time_zone,
        row.accent,
        is_set_up=True,
        external_members=row.external_members,
        chat_url=row.chat_url,
    )


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
    statuses = frozenset(body.statuses.split())
    return BodyCard(body.id, body.code, body.name, body.description, statuses, body.parent_id)


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
        .where(StatusPeriod.status.in_(set(statuses)), holds_on(on))
        .order_by(Person.name)
    )
    return [PersonCard(*row) for row in reader.session.execute(query)]


def electorate(reader: Reader, body_id: int, on: date) -> list[PersonCard]:
    """The people who vote in a body on a day: by status, else by list, each exactly once."""
    card = body(reader, body_id)
    if card.statuses:
        return people_with_status(reader, card.statuses, on)
    current = and_(
        StatusPeriod.person_id == Person.id, holds_on(on), StatusPeriod.status != "former"
    )
    query = (
        select(Person.id, Person.name, StatusPeriod.status)
        .join(BodyMember, BodyMember.person_id == Person.id)
        .join(StatusPeriod, current)
        .where(BodyMember.body_id == body_id)
        .order_by(Person.name)
    )
    return [PersonCard(*row) for row in reader.session.execute(query)]


def holds_on(day: date) -> ColumnElement[bool]:
    """Whether a status period covers a day."""
    return and_(
        StatusPeriod.starts_on <= day,
        or_(StatusPeriod.ends_on.is_(None), StatusPeriod.ends_on > day),
    )


def status_on(reader: Reader, person_id: int, day: date) -> str | None:
    """What a person is to the cooperative on a day, or None."""
    query = select(StatusPeriod.status)
    return reader.session.scalar(query.where(StatusPeriod.person_id == person_id, holds_on(day)))


def mandates(reader: Reader, *conditions: ColumnElement[bool]) -> tuple[MandateLine, ...]:
    """The mandates that meet these conditions, the latest first."""
    query = (
        select(Mandate, Person.name.label("person_name"), Body.name.label("body_name"))
        .join(Person, Person.id == Mandate.person_id)
        .outerjoin(Body, Body.id == Mandate.body_id)
        .where(*conditions)
        .order_by(Mandate.starts_on.desc(), Mandate.id)
    )
    return tuple(
        MandateLine(
            PersonCard(mandate.person_id, person_name),
            mandate.role,
            body_name,
            mandate.starts_on,
            mandate.ends_on,
            mandate.decision_number,
            mandate.id,
            mandate.end_decision_number,
        )
        for mandate, person_name, body_name in reader.session.execute(query)
    )


def profile(reader: Reader, person_id: int) -> Profile:
    """A person with the history of statuses and mandates. Raises NotFound for nobody."""
    person = reader.session.get(Person, person_id)
    if person is None:
        raise NotFound
    rows = reader.session.scalars(
        select(StatusPeriod)
        .where(StatusPeriod.person_id == person_id)
        .order_by(StatusPeriod.starts_on.desc())
    )
    periods = tuple(
        PeriodLine(row.status, row.starts_on, row.ends_on, row.decision_number) for row in rows
    )
    day = today(reader)
    status = next((line.status for line in periods if is_current(line, day)), None)
    return Profile(
        person.id,
        person.name,
        person.about,
        status,
        periods,
        mandates(reader, Mandate.person_id == person_id),
        person.skills,
        person.languages,
        person.presence,
        person.visible_to,
        reader.session.get(Portrait, person_id) is not None,
        person.erased_at is not None,
    )


def is_current(line: PeriodLine | MandateLine, day: date) -> bool:
    """Whether a status or a mandate holds on a day."""
    return line.starts_on <= day and (line.ends_on is None or line.ends_on > day)


def body_profiles(reader: Reader) -> list[BodyProfile]:
    """All bodies in their order, with the people and mandates of today."""
    day = today(reader)
    return [
        BodyProfile(
            card,
            tuple(electorate(reader, card.id, day)),
            tuple(
                line
                for line in mandates(reader, Mandate.body_id == card.id)
                if is_current(line, day)
            ),
        )
        for card in bodies(reader)
    ]
