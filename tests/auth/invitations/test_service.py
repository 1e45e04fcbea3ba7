"""Letting somebody in: once, for a limited time, and never with a vote."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine

from intranet.auth.invitations import queries, service
from intranet.auth.invitations.service import Guest
from intranet.auth.models import Account, Invitation
from intranet.core import clock
from intranet.core.actor import SYSTEM
from intranet.core.db import db
from intranet.core.policy import Invalid, NotFound, Refused
from intranet.core.transaction import reader
from intranet.members.models import Person, StatusPeriod
from tests.cast import PASSWORD, Cast, acting, as_reader
from tests.journal import happened

NOE = Guest("Noe@Example.org ", "Noé  Vial", "applicant")
NEW = "trois mots sans rapport"


def invite(by: int, guest: Guest = NOE) -> str:
    with acting(by) as tx:
        return service.invite(tx, guest).token


def accept(token: str, name: str = "Noé Vial", password: str = NEW) -> int:
    with acting(None) as tx:
        return service.accept(tx, token, name, password)


def opens(token: str) -> bool:
    db.session.rollback()
    return queries.behind_link(reader(SYSTEM), token) is not None


def test_a_member_invites_a_person_with_a_status_from_today(cast: Cast) -> None:
    token = invite(cast.amel)
    card = queries.behind_link(reader(SYSTEM), token)
    assert card is not None
    assert (card.name, card.email) == ("Noé Vial", "noe@example.org")
    person = db.session.query(Person).filter_by(name="Noé Vial").one()
    assert [period.status for period in person.periods] == ["applicant"]
    assert happened() == ["PersonAdded", "PersonInvited"]


def test_the_link_itself_is_kept_nowhere(cast: Cast) -> None:
    token = invite(cast.amel)
    db.session.rollback()
    row = db.session.query(Invitation).one()
    assert token not in str(vars(row))


@pytest.mark.parametrize("name", ["chloe", "farid", "david"])
def test_people_without_a_vote_do_not_invite(cast: Cast, name: str) -> None:
    with pytest.raises(Refused) as refusal:
        invite(getattr(cast, name))
    assert refusal.value.verdict.reason == "auth.only_members_invite"
    assert happened() == []


def test_an_administrator_without_status_invites(cast: Cast) -> None:
    assert opens(invite(cast.gwen))


@pytest.mark.parametrize("status", ["member_employee", "member_external", "former", "", "boss"])
def test_no_invitation_gives_a_vote(cast: Cast, status: str) -> None:
    with pytest.raises(Invalid) as wrong:
        invite(cast.amel, Guest("noe@example.org", "Noé", status))
    assert wrong.value.errors == {"status": "auth.status_by_decision"}
    assert db.session.query(Person).filter_by(name="Noé").count() == 0


@pytest.mark.parametrize(
    ("guest", "errors"),
    [
        (
            Guest("", "", "employee"),
            {"name": "members.name_length", "email": "auth.not_an_address"},
        ),
        (Guest("a b@example.org", "Noé", "employee"), {"email": "auth.not_an_address"}),
        (Guest("amel@example.org", "Noé", "employee"), {"email": "auth.has_account"}),
        (Guest("noe@example.org", "N" * 121, "employee"), {"name": "members.name_length"}),
    ],
)
def test_what_is_wrong_is_named_by_field(cast: Cast, guest: Guest, errors: dict[str, str]) -> None:
    with pytest.raises(Invalid) as wrong:
        invite(cast.amel, guest)
    assert wrong.value.errors == errors


def test_only_an_administrator_gives_an_account_to_somebody_known(cast: Cast) -> None:
    with acting(None) as tx:
        tx.session.query(Account).filter_by(person_id=cast.bruno).delete()
    guest = Guest("bruno.costa@example.org", person_id=cast.bruno)
    with pytest.raises(Refused) as refusal:
        invite(cast.amel, guest)
    assert refusal.value.verdict.reason == "auth.only_administrators_give_accounts"
    account_id = accept(invite(cast.gwen, guest), "Bruno Costa")
    assert db.session.get_one(Account, account_id).person_id == cast.bruno
    assert db.session.query(StatusPeriod).filter_by(person_id=cast.bruno).count() == 1


def test_somebody_with_an_account_gets_no_second_one(cast: Cast) -> None:
    with pytest.raises(Invalid) as wrong:
        invite(cast.gwen, Guest("other@example.org", person_id=cast.bruno))
    assert wrong.value.errors == {"email": "auth.has_account"}
    with pytest.raises(Invalid):
        invite(cast.gwen, Guest("other@example.org", person_id=9999))


def test_an_invitation_is_accepted_once(cast: Cast) -> None:
    token = invite(cast.amel)
    account_id = accept(token, "Noé Vial-Roux")
    account = db.session.get_one(Account, account_id)
    assert account.person.name == "Noé Vial-Roux"
    assert not account.is_administrator
    assert happened()[2:] == ["InvitationAccepted"]
    with pytest.raises(Refused) as refusal:
        accept(token)
    assert refusal.value.verdict.reason == "auth.invitation_over"
    assert not opens(token)


def test_an_invitation_ends_after_fourteen_days(cast: Cast) -> None:
    token = invite(cast.amel)
    with time_machine.travel(clock.now() + timedelta(days=14, seconds=1)):
        assert not opens(token)
        with pytest.raises(Refused):
            accept(token)


def test_a_newer_link_replaces_the_older_one(cast: Cast) -> None:
    first = invite(cast.amel)
    person_id = db.session.query(Person).filter_by(name="Noé Vial").one().id
    second = invite(cast.gwen, Guest("noe@example.org", person_id=person_id))
    assert not opens(first)
    assert opens(second)


def test_an_address_invited_twice_becomes_one_account(cast: Cast) -> None:
    first, second = (
        invite(cast.amel),
        invite(cast.amel, Guest("noe@example.org", "Noé", "employee")),
    )
    accept(second)
    with pytest.raises(Refused):
        accept(first)


def test_a_withdrawn_link_opens_nothing(cast: Cast) -> None:
    token = invite(cast.amel)
    number = queries.waiting(as_reader(cast.amel))[0].id
    with pytest.raises(Refused), acting(cast.chloe) as tx:
        service.withdraw(tx, number)
    for _ in range(2):
        with acting(cast.bruno) as tx:
            service.withdraw(tx, number)
    assert not opens(token)
    assert happened().count("InvitationWithdrawn") == 1
    assert queries.waiting(as_reader(cast.amel)) == []
    with pytest.raises(NotFound), acting(cast.bruno) as tx:
        service.withdraw(tx, 9999)


def test_a_weak_password_or_an_empty_name_is_refused(cast: Cast) -> None:
    token = invite(cast.amel)
    with pytest.raises(Invalid) as wrong:
        accept(token, " ", "noe@example.org")
    assert wrong.value.errors == {
        "name": "members.name_length",
        "new_password": "auth.password_about_you",
    }
    assert opens(token)


def test_a_made_up_link_opens_nothing(cast: Cast) -> None:
    assert not opens(PASSWORD)
    with pytest.raises(Refused):
        accept(PASSWORD)


def test_people_without_account_are_listed(cast: Cast) -> None:
    invite(cast.amel)
    names = [card.name for card in queries.people_without_account(as_reader(cast.gwen))]
    assert names == ["Noé Vial"]
