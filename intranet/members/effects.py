"""Consequences for people, statuses, mandates and bodies that another room's command causes."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import replace
from datetime import date, timedelta

from sqlalchemy import delete, select

from intranet.core.policy import Conflict, NotFound
from intranet.core.transaction import Transaction
from intranet.members.audience_queries import list_audience
from intranet.members.events import (
    BodyAdded,
    BodyChanged,
    CooperativeNamed,
    MandateEnded,
    MandateGiven,
    PersonAdded,
    RightsChanged,
    StatusChanged,
)
from intranet.members.models import (
    Body,
    BodyMember,
    Cooperative,
    Mandate,
    PeopleList,
    PeopleListPerson,
    Person,
    Portrait,
    StatusPeriod,
)
from intranet.members.statuses import ACCENTS, Status


def name_cooperative(tx: Transaction, name: str, locale: str, time_zone: str) -> None:
    """Write down whose installation this is. Only the founding causes it."""
    tx.session.add(
        Cooperative(
            id=1,
            name=name,
            locale=locale,
            time_zone=time_zone,
            accent=ACCENTS[0],
            created_at=tx.now,
        )
    )
    tx.session.flush()
    tx.record(CooperativeNamed())


def add_person(
    tx: Transaction, name: str, status: Status, starts_on: date, decision_number: str | None = None
) -> int:
    """Make somebody known to the cooperative with a first status, and give their number."""
    person = Person(name=name, about="", created_at=tx.now)
    tx.session.add(person)
    tx.session.flush()
    period = StatusPeriod(
        person_id=person.id, status=status, starts_on=starts_on, decision_number=decision_number
    )
    tx.session.add(period)
    tx.session.flush()
    tx.record(PersonAdded(person_id=person.id, status=status))
    return person.id


def change_status(
    tx: Transaction, person_id: int, status: Status, starts_on: date, decision_number: str
) -> None:
    """Give a person another status from a day on: the open period ends that day.

    The same status again changes nothing. Raises NotFound for an unknown person, ValueError
    without the number of a decision, Conflict when the present status begins on that day or later.
    """
    if not decision_number:
        raise ValueError("a change of status needs the number of its decision")
    if tx.session.get(Person, person_id) is None:
        raise NotFound
    present = tx.session.scalars(
        select(StatusPeriod)
        .where(StatusPeriod.person_id == person_id, StatusPeriod.ends_on.is_(None))
        .with_for_update()
    ).one_or_none()
    if present is not None and present.status == status:
        return
    if present is not None:
        if present.starts_on >= starts_on:
            earliest = present.starts_on + timedelta(days=1)
            raise Conflict("members.status_starts_later", earliest=earliest.isoformat())
        present.ends_on = starts_on
        tx.session.flush()
    period = StatusPeriod(
        person_id=person_id, status=status, starts_on=starts_on, decision_number=decision_number
    )
    tx.session.add(period)
    tx.session.flush()
    tx.record(StatusChanged(person_id, status, starts_on, decision_number))


def give_mandate(
    tx: Transaction,
    person_id: int,
    role: str,
    starts_on: date,
    decision_number: str,
    body_id: int | None = None,
    ends_on: date | None = None,
) -> int:
    """Give a person a task for a time, and give the mandate's number.

    Raises NotFound for an unknown person, ValueError without the number of a decision.
    """
    if not decision_number:
        raise ValueError("a mandate needs the number of its decision")
    if tx.session.get(Person, person_id) is None:
        raise NotFound
    mandate = Mandate(
        person_id=person_id,
        body_id=body_id,
        role=role,
        starts_on=starts_on,
        ends_on=ends_on,
        decision_number=decision_number,
    )
    tx.session.add(mandate)
    tx.session.flush()
    tx.record(MandateGiven(person_id, mandate.id, decision_number))
    return mandate.id


def end_mandate(tx: Transaction, mandate_id: int, ends_on: date, decision_number: str) -> None:
    """End a mandate on a day, earlier than it says or at all.

    Raises NotFound for an unknown mandate, ValueError without the number of a decision, Conflict
    when it begins on that day or later, or has ended by then.
    """
    if not decision_number:
        raise ValueError("the end of a mandate needs the number of its decision")
    mandate = tx.session.get(Mandate, mandate_id, with_for_update=True)
    if mandate is None:
        raise NotFound
    if mandate.ends_on is not None and mandate.ends_on <= ends_on:
        raise Conflict("members.mandate_ends_before", day=mandate.ends_on.isoformat())
    if mandate.starts_on >= ends_on:
        earliest = mandate.starts_on + timedelta(days=1)
        raise Conflict("members.mandate_starts_later", earliest=earliest.isoformat())
    mandate.ends_on, mandate.end_decision_number = ends_on, decision_number
    tx.record(MandateEnded(mandate.person_id, mandate.id, decision_number))


def add_body(
    tx: Transaction,
    code: str,
    name: str,
    description: str,
    statuses: Iterable[Status],
    parent_id: int | None = None,
    decision_number: str | None = None,
) -> int:
    """Add a group that decides, whose members are those with one of these statuses."""
    body = Body(
        code=code,
        name=name,
        description=description,
        statuses=" ".join(statuses),
        parent_id=parent_id,
    )
    tx.session.add(body)
    tx.session.flush()
    body.position = body.id
    tx.record(BodyAdded(body.id, decision_number))
    return body.id


def change_body(
    tx: Transaction,
    body_id: int,
    name: str,
    description: str,
    parent_id: int | None,
    decision_number: str | None,
) -> None:
    """Give a body another name, task or wider body. The same again changes nothing.

    Its code stays: the numbers of its decisions bear it. Raises NotFound.
    """
    body = tx.session.get(Body, body_id, with_for_update=True)
    if body is None:
        raise NotFound
    if (body.name, body.description, body.parent_id) == (name, description, parent_id):
        return
    body.name, body.description, body.parent_id = name, description, parent_id
    tx.record(BodyChanged(body.id, decision_number))


def seat(
    tx: Transaction, body_id: int, people: Collection[int], decision_number: str | None
) -> None:
    """Let exactly these people belong to a body made up by list. The same again changes nothing."""
    present = set(
        tx.session.scalars(select(BodyMember.person_id).where(BodyMember.body_id == body_id))
    )
    gone = present - set(people)
    tx.session.execute(
        delete(BodyMember).where(BodyMember.body_id == body_id, BodyMember.person_id.in_(gone))
    )
    coming = sorted(set(people) - present)
    tx.session.add_all(BodyMember(body_id=body_id, person_id=one) for one in coming)
    if present and present != set(people):
        tx.record(BodyChanged(body_id, decision_number))


def forget_person(tx: Transaction, person_id: int, pseudonym: str) -> None:
    """Replace the name of a person and empty what they said about themselves."""
    person = tx.session.get_one(Person, person_id)
    person.name, person.erased_at = pseudonym, tx.now
    person.about = person.skills = person.languages = person.presence = ""
    tx.session.execute(delete(Portrait).where(Portrait.person_id == person_id))


def change_rights(tx: Transaction, said: str, decision_number: str | None) -> None:
    """Write what the statuses may do, as the JSON that `rights_of` reads."""
    cooperative = tx.session.get_one(Cooperative, 1)
    cooperative.rights, cooperative.rights_decision = said, decision_number
    tx.record(RightsChanged(decision_number))


def list_people(tx: Transaction, person_ids: Iterable[int]) -> str:
    """The audience of exactly these people: the same people are always the same audience. Whoever
    acts and is among them belongs to it from now on."""
    wanted = sorted(set(person_ids))
    key = " ".join(map(str, wanted))
    number = tx.session.scalar(select(PeopleList.id).where(PeopleList.key == key))
    if number is None:
        made = PeopleList(key=key, created_at=tx.now)
        tx.session.add(made)
        tx.session.flush()
        number = made.id
        tx.session.add_all(PeopleListPerson(list_id=number, person_id=one) for one in wanted)
        tx.session.flush()
    audience = list_audience(number)
    if tx.actor.person_id in wanted:
        tx.actor = replace(tx.actor, audiences=tx.actor.audiences | {audience})
    return audience
