"""Statuses and mandates are dated, given by decisions, and kept."""

from __future__ import annotations

from datetime import date

import pytest

from intranet.core.db import db
from intranet.core.policy import Conflict, NotFound
from intranet.members import effects
from intranet.members.models import Body, Mandate, StatusPeriod
from intranet.members.statuses import Status
from tests.cast import STARTED, Cast, acting
from tests.journal import happened

NUMBER = "AG-2026-001"


def periods(person_id: int) -> list[tuple[str, date, date | None, str | None]]:
    db.session.rollback()
    rows = db.session.query(StatusPeriod).filter_by(person_id=person_id)
    return [
        (row.status, row.starts_on, row.ends_on, row.decision_number)
        for row in rows.order_by(StatusPeriod.starts_on)
    ]


def change(person_id: int, status: Status, on: date, number: str = NUMBER) -> None:
    with acting(None) as tx:
        effects.change_status(tx, person_id, status, on, number)


def test_a_decision_closes_one_period_and_opens_another(cast: Cast) -> None:
    change(cast.chloe, Status.MEMBER_EMPLOYEE, date(2026, 3, 1))
    assert periods(cast.chloe) == [
        ("employee", STARTED, date(2026, 3, 1), None),
        ("member_employee", date(2026, 3, 1), None, NUMBER),
    ]
    assert happened() == ["StatusChanged"]


def test_the_same_status_again_changes_nothing(cast: Cast) -> None:
    change(cast.chloe, Status.EMPLOYEE, date(2026, 3, 1))
    assert len(periods(cast.chloe)) == 1
    assert happened() == []


def test_a_person_without_status_gets_a_first_one(cast: Cast) -> None:
    change(cast.gwen, Status.SYMPATHISER, date(2026, 3, 1))
    assert periods(cast.gwen) == [("sympathiser", date(2026, 3, 1), None, NUMBER)]


def test_there_is_no_status_without_a_decision(cast: Cast) -> None:
    with pytest.raises(ValueError, match="decision"):
        change(cast.chloe, Status.MEMBER_EMPLOYEE, date(2026, 3, 1), "")
    assert len(periods(cast.chloe)) == 1


@pytest.mark.parametrize("day", [STARTED, date(2019, 1, 1)])
def test_history_is_not_rewritten(cast: Cast, day: date) -> None:
    with pytest.raises(Conflict) as conflict:
        change(cast.chloe, Status.MEMBER_EMPLOYEE, day)
    assert conflict.value.values == {"earliest": "2020-01-07"}


def test_nobody_in_particular_has_no_status(cast: Cast) -> None:
    with pytest.raises(NotFound):
        change(9999, Status.EMPLOYEE, date(2026, 3, 1))


def test_a_mandate_is_given_by_a_decision(cast: Cast) -> None:
    with acting(None) as tx:
        number = effects.give_mandate(
            tx, cast.amel, "manager", date(2026, 1, 1), NUMBER, cast.assembly, date(2029, 1, 1)
        )
    mandate = db.session.get_one(Mandate, number)
    assert (mandate.role, mandate.decision_number) == ("manager", NUMBER)
    assert happened() == ["MandateGiven"]
    with pytest.raises(ValueError, match="decision"), acting(None) as tx:
        effects.give_mandate(tx, cast.amel, "chair", date(2026, 1, 1), "")
    with pytest.raises(NotFound), acting(None) as tx:
        effects.give_mandate(tx, 9999, "chair", date(2026, 1, 1), NUMBER)


def test_bodies_stand_in_the_order_they_were_added(cast: Cast) -> None:
    with acting(None) as tx:
        first = effects.add_body(tx, "CA", "Cercle atelier", "", [])
        second = effects.add_body(tx, "CB", "Cercle bureau", "", [Status.EMPLOYEE])
    rows = {row.id: row for row in db.session.query(Body)}
    assert rows[first].position < rows[second].position
    assert rows[second].statuses == "employee"
    assert happened() == ["BodyAdded", "BodyAdded"]
