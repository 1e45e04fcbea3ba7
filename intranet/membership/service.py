"""Joining, changing status and leaving, each by a decision that the register holds."""

from __future__ import annotations

from datetime import date

from intranet.core.policy import Invalid, NotFound
from intranet.core.transaction import Transaction
from intranet.members import effects
from intranet.members.models import Person
from intranet.members.queries import cooperative, profile
from intranet.members.statuses import Status
from intranet.membership.grounds import wrong_decision
from intranet.membership.policy import may_change_status


def change_status_by_decision(
    tx: Transaction, person_id: int, status: str, starts_on: date, decision_number: str
) -> None:
    """Give a person another status from a day on, as an adopted decision says.

    The status the person has until then ends that day. Raises NotFound, Refused, Invalid by field,
    and Conflict when the present status begins on that day or later.
    """
    person = tx.session.get(Person, person_id, with_for_update=True)
    if person is None:
        raise NotFound
    tx.require(may_change_status)
    number = decision_number.strip()
    checked = {
        "status": _wrong_status(tx, person.id, status),
        "decision_number": wrong_decision(tx, number),
    }
    wrong = {field: code for field, code in checked.items() if code}
    if wrong:
        raise Invalid(**wrong)
    effects.change_status(tx, person.id, Status(status), starts_on, number)


def _wrong_status(tx: Transaction, person_id: int, status: str) -> str:
    """Why a person cannot be given a status; "" when they can."""
    if status not in set(Status):
        return "membership.unknown_status"
    periods = profile(tx, person_id).periods
    if periods and periods[0].ends_on is None and periods[0].status == status:
        return "membership.same_status"
    if status == Status.MEMBER_EXTERNAL and not cooperative(tx.session).external_members:
        return "membership.no_external_members"
    return ""
