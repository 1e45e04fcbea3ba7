"""Mandates given and ended, each by a decision that the register holds."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from intranet.core.policy import Invalid, NotFound
from intranet.core.transaction import Transaction
from intranet.members import effects
from intranet.members import queries as members
from intranet.members.models import Mandate, Person
from intranet.members.statuses import Status
from intranet.membership.grounds import wrong_decision
from intranet.membership.policy import may_change_mandates

LONGEST_ROLE = 60


@dataclass(frozen=True)
class NewMandate:
    """A task for a person, from one day to another; without an end, until further notice."""

    person_id: int
    role: str
    starts_on: date
    decision_number: str
    body_id: int | None = None
    ends_on: date | None = None


def give_by_decision(tx: Transaction, new: NewMandate) -> int:
    """Give a person a task, as an adopted decision says, and give the mandate's number.

    Raises Refused, or Invalid by field.
    """
    tx.require(may_change_mandates)
    wrong = _wrong(tx, new)
    if wrong:
        raise Invalid(**wrong)
    return effects.give_mandate(
        tx,
        new.person_id,
        new.role.strip(),
        new.starts_on,
        new.decision_number.strip(),
        new.body_id,
        new.ends_on,
    )


def _wrong(tx: Transaction, new: NewMandate) -> dict[str, str]:
    role, checked = new.role.strip(), {}
    person = tx.session.get(Person, new.person_id, with_for_update=True)
    status = members.status_on(tx, new.person_id, new.starts_on) if person else None
    if status in (None, Status.FORMER):
        checked["person_id"] = "membership.not_here_then"
    if not role or len(role) > LONGEST_ROLE:
        checked["role"] = "membership.role_missing"
    if new.body_id is not None and new.body_id not in {c.id for c in members.bodies(tx)}:
        checked["body_id"] = "membership.unknown_body"
    if new.ends_on is not None and new.ends_on <= new.starts_on:
        checked["ends_on"] = "membership.end_before_start"
    if code := wrong_decision(tx, new.decision_number.strip()):
        checked["decision_number"] = code
    if not checked and _is_held(tx, new):
        checked["role"] = "membership.mandate_held"
    return checked


def _is_held(tx: Transaction, new: NewMandate) -> bool:
    """Whether the person holds this very task on the day on which it would begin."""
    held = select(Mandate).where(
        Mandate.person_id == new.person_id,
        Mandate.role == new.role.strip(),
        Mandate.body_id == new.body_id,
    )
    return any(
        one.starts_on == new.starts_on
        or (one.starts_on <= new.starts_on and (one.ends_on is None or one.ends_on > new.starts_on))
        for one in tx.session.scalars(held)
    )


def end_by_decision(tx: Transaction, mandate_id: int, ends_on: date, decision_number: str) -> None:
    """End a mandate on a day, as an adopted decision says.

    Raises NotFound, Refused, Invalid by field, and Conflict when it begins too late or has ended.
    """
    if tx.session.get(Mandate, mandate_id, with_for_update=True) is None:
        raise NotFound
    tx.require(may_change_mandates)
    if code := wrong_decision(tx, decision_number.strip()):
        raise Invalid(decision_number=code)
    effects.end_mandate(tx, mandate_id, ends_on, decision_number.strip())
