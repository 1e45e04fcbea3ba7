"""A status changes by an adopted decision, and a member writes it down."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import select

from intranet.core.db import db
from intranet.core.events import EventRow
from intranet.core.policy import Conflict, Invalid, NotFound, Refused
from intranet.members.models import Cooperative, StatusPeriod
from intranet.members.statuses import Right
from intranet.membership.service import change_status_by_decision
from tests.cast import STARTED, Cast, acting, as_reader
from tests.decisions.register import entered

FROM = date(2026, 3, 16)


@pytest.fixture
def admission(cast: Cast) -> str:
    """The number of the decision that admits Chloé."""
    with acting(None) as tx:
        return entered(tx, cast, "Admettre Chloé Martin").number


def change(by: int, person_id: int, number: str, **other: object) -> None:
    wanted = {"status": "member_employee", "starts_on": FROM, **other}
    with acting(by) as tx:
        change_status_by_decision(tx, person_id, decision_number=number, **wanted)  # type: ignore[arg-type]


def periods(person_id: int) -> list[tuple[str, date, date | None, str | None]]:
    db.session.rollback()
    rows = db.session.scalars(
        select(StatusPeriod)
        .where(StatusPeriod.person_id == person_id)
        .order_by(StatusPeriod.starts_on)
    )
    return [(row.status, row.starts_on, row.ends_on, row.decision_number) for row in rows]


def changes() -> list[str]:
    """The payloads of the changes of status told so far."""
    db.session.rollback()
    query = select(EventRow.payload).where(EventRow.name == "StatusChanged")
    return [str(payload) for payload in db.session.scalars(query)]


UNCHANGED = [("employee", STARTED, None, None)]


def test_a_decision_makes_an_employee_a_member(cast: Cast, admission: str) -> None:
    change(cast.amel, cast.chloe, f" {admission} ")
    assert periods(cast.chloe) == [
        ("employee", STARTED, FROM, None),
        ("member_employee", FROM, None, admission),
    ]
    assert Right.VOTE in as_reader(cast.chloe).actor.rights
    (told,) = changes()
    assert admission in told
    assert "member_employee" in told
    assert FROM.isoformat() in told


def test_a_decision_gives_a_status_to_somebody_without_one(cast: Cast, admission: str) -> None:
    change(cast.amel, cast.gwen, admission, status="applicant")
    assert periods(cast.gwen) == [("applicant", FROM, None, admission)]


def test_the_same_change_twice_is_written_once(cast: Cast, admission: str) -> None:
    change(cast.amel, cast.chloe, admission)
    with pytest.raises(Invalid) as wrong:
        change(cast.bruno, cast.chloe, admission)
    assert wrong.value.errors == {"status": "membership.same_status"}
    assert len(periods(cast.chloe)) == 2
    assert len(changes()) == 1


@pytest.mark.parametrize("by", ["chloe", "david", "farid", "gwen"])
def test_only_employed_members_change_a_status(cast: Cast, admission: str, by: str) -> None:
    with pytest.raises(Refused) as refusal:
        change(getattr(cast, by), cast.chloe, admission)
    assert refusal.value.verdict.reason == "membership.only_members_change_status"
    assert periods(cast.chloe) == UNCHANGED
    assert changes() == []


def test_a_person_who_does_not_exist_is_not_found(cast: Cast, admission: str) -> None:
    with pytest.raises(NotFound):
        change(cast.amel, 9999, admission)


@pytest.mark.parametrize("number", ["", "AG-1999-001", "1"])
def test_the_register_must_hold_the_decision(cast: Cast, admission: str, number: str) -> None:
    with pytest.raises(Invalid) as wrong:
        change(cast.amel, cast.chloe, number)
    assert wrong.value.errors == {"decision_number": "membership.unknown_decision"}
    assert periods(cast.chloe) == UNCHANGED


@pytest.mark.parametrize(
    "entry", [{"result": "rejected"}, {"result": "withdrawn"}, {"origin_kind": "rectification"}]
)
def test_what_was_not_adopted_changes_nobody(cast: Cast, entry: dict[str, str]) -> None:
    with acting(None) as tx:
        number = entered(tx, cast, **entry).number
    with pytest.raises(Invalid) as wrong:
        change(cast.amel, cast.chloe, number)
    assert wrong.value.errors == {"decision_number": "membership.decision_not_adopted"}
    assert periods(cast.chloe) == UNCHANGED


@pytest.mark.parametrize("day", [STARTED, date(2019, 12, 31)])
def test_a_status_begins_after_the_one_before(cast: Cast, admission: str, day: date) -> None:
    with pytest.raises(Conflict) as conflict:
        change(cast.amel, cast.chloe, admission, starts_on=day)
    assert conflict.value.reason == "members.status_starts_later"
    assert periods(cast.chloe) == UNCHANGED


def test_a_status_nobody_knows_is_named(cast: Cast, admission: str) -> None:
    with pytest.raises(Invalid) as wrong:
        change(cast.amel, cast.chloe, admission, status="director")
    assert wrong.value.errors == {"status": "membership.unknown_status"}


def test_external_members_exist_only_where_the_cooperative_allows_them(
    cast: Cast, admission: str
) -> None:
    with pytest.raises(Invalid) as wrong:
        change(cast.amel, cast.farid, admission, status="member_external")
    assert wrong.value.errors == {"status": "membership.no_external_members"}
    with acting(None) as tx:
        tx.session.get_one(Cooperative, 1).external_members = True
    change(cast.amel, cast.farid, admission, status="member_external")
    assert periods(cast.farid)[-1] == ("member_external", FROM, None, admission)
