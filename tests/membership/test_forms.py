"""What the form of a change of status offers and understands."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from intranet.core.policy import Invalid
from intranet.members.queries import NOT_SET_UP
from intranet.members.statuses import Status
from intranet.membership.forms import StatusForm, choices


def test_the_form_begins_with_today() -> None:
    form = StatusForm.blank(date(2026, 3, 16))
    assert form.values == {"status": "", "starts_on": "2026-03-16", "decision_number": ""}
    assert form.starts_on() == date(2026, 3, 16)


@pytest.mark.parametrize("typed", ["", "lundi", "2026-02-30"])
def test_a_day_that_does_not_exist_is_named(typed: str) -> None:
    with pytest.raises(Invalid) as wrong:
        StatusForm.from_request({"starts_on": typed}).starts_on()
    assert wrong.value.errors == {"starts_on": "membership.day_unclear"}


def test_the_present_status_is_not_offered_again() -> None:
    allowed = replace(NOT_SET_UP, external_members=True)
    assert set(choices(allowed, "employee")) == set(Status) - {Status.EMPLOYEE}


def test_external_members_are_offered_where_they_are_allowed_only() -> None:
    assert set(choices(NOT_SET_UP, None)) == set(Status) - {Status.MEMBER_EXTERNAL}
