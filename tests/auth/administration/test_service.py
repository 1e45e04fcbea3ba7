"""Administrators look after accounts; the last one stays, and none of it is political."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from intranet.auth.administration import queries, service
from intranet.auth.models import Account
from intranet.auth.queries import load_actor
from intranet.core import clock
from intranet.core.db import db
from intranet.core.policy import Conflict, NotFound, Refused
from intranet.core.transaction import Transaction
from intranet.members.statuses import Right
from tests.cast import Cast, acting, as_reader
from tests.journal import happened

Act = Callable[[Transaction, int], None]
ACTS = (
    service.disable_account,
    service.enable_account,
    service.make_administrator,
    service.unmake_administrator,
)


def account(person_id: int) -> Account:
    db.session.rollback()
    return db.session.query(Account).filter_by(person_id=person_id).one()


def do(act: Act, by: int, person_id: int) -> None:
    number = account(person_id).id
    with acting(by) as tx:
        act(tx, number)


@pytest.mark.parametrize("act", ACTS)
@pytest.mark.parametrize("name", ["amel", "chloe", "david", "farid"])
def test_only_administrators_look_after_accounts(cast: Cast, act: Act, name: str) -> None:
    with pytest.raises(Refused) as refusal:
        do(act, getattr(cast, name), cast.bruno)
    assert refusal.value.verdict.reason == "auth.only_administrators"
    assert happened() == []


@pytest.mark.parametrize("act", ACTS)
def test_an_account_that_does_not_exist_is_not_found(cast: Cast, act: Act) -> None:
    with pytest.raises(NotFound), acting(cast.gwen) as tx:
        act(tx, 9999)


def test_disabling_and_enabling_twice_changes_nothing(cast: Cast) -> None:
    for act in (service.disable_account, service.enable_account):
        do(act, cast.gwen, cast.amel)
        do(act, cast.gwen, cast.amel)
    assert happened() == ["AccountDisabled", "AccountEnabled"]
    assert account(cast.amel).disabled_at is None


def test_the_last_administrator_stays(cast: Cast) -> None:
    for act in (service.disable_account, service.unmake_administrator):
        with pytest.raises(Refused) as refusal:
            do(act, cast.gwen, cast.gwen)
        assert refusal.value.verdict.reason == "auth.last_administrator"


def test_a_disabled_administrator_does_not_count_as_one(cast: Cast) -> None:
    do(service.make_administrator, cast.gwen, cast.amel)
    do(service.disable_account, cast.gwen, cast.amel)
    with pytest.raises(Refused):
        do(service.unmake_administrator, cast.gwen, cast.gwen)


def test_an_administrator_may_hand_over(cast: Cast) -> None:
    for _ in range(2):
        do(service.make_administrator, cast.gwen, cast.amel)
    do(service.unmake_administrator, cast.gwen, cast.gwen)
    assert happened() == ["AdministratorMade", "AdministratorUnmade"]
    with pytest.raises(Refused):
        do(service.make_administrator, cast.gwen, cast.gwen)


def test_a_disabled_account_is_not_made_administrator(cast: Cast) -> None:
    do(service.disable_account, cast.gwen, cast.amel)
    with pytest.raises(Conflict):
        do(service.make_administrator, cast.gwen, cast.amel)


def test_administering_gives_no_vote(cast: Cast) -> None:
    do(service.make_administrator, cast.gwen, cast.chloe)
    actor = load_actor(db.session(), cast.chloe, clock.now())
    assert Right.ADMINISTER in actor.rights
    assert Right.VOTE not in actor.rights
    assert load_actor(db.session(), cast.gwen, clock.now()).rights == {Right.ADMINISTER}


def test_the_list_says_what_may_be_done(cast: Cast) -> None:
    lines = {line.person_id: line for line in queries.accounts(as_reader(cast.gwen))}
    assert len(lines) == 8
    assert not lines[cast.gwen].may_lose_power
    assert lines[cast.amel].may_lose_power
    assert lines[cast.amel].status == "member_employee"
    assert lines[cast.gwen].status is None
