"""Who may come in and see people, for each of the cast."""

from __future__ import annotations

import pytest

from intranet.core.actor import ANONYMOUS
from intranet.core.transaction import reader
from intranet.members import policy
from tests.cast import Cast, as_reader


@pytest.mark.parametrize("name", ["amel", "bruno", "chloe", "esther", "farid", "gwen"])
def test_a_status_that_reads_or_a_technical_task_opens_the_door(cast: Cast, name: str) -> None:
    assert policy.may_enter(as_reader(getattr(cast, name)))


def test_a_former_member_is_told_why_the_door_is_closed(cast: Cast) -> None:
    assert policy.may_enter(as_reader(cast.david)).reason == "members.former"


def test_strangers_stay_outside(cast: Cast) -> None:
    assert policy.may_enter(reader(ANONYMOUS)).reason == "members.no_status"
    assert not policy.may_see_profiles(reader(ANONYMOUS))


@pytest.mark.parametrize(
    ("name", "sees"),
    [("amel", True), ("chloe", True), ("farid", False), ("david", False), ("gwen", False)],
)
def test_those_who_work_here_see_profiles(cast: Cast, name: str, sees: bool) -> None:
    assert bool(policy.may_see_profiles(as_reader(getattr(cast, name)))) is sees


def test_everybody_sees_their_own_profile(cast: Cast) -> None:
    for number in (cast.farid, cast.david, cast.gwen):
        assert policy.may_see_profile(as_reader(number), number)
