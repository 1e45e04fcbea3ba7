"""A forgotten password: S2 the same for everybody, S3 once and for an hour."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import select

from intranet.auth import credentials
from intranet.auth import service as auth_service
from intranet.auth.models import Account, SignIn
from intranet.auth.notices.models import Notice
from intranet.auth.resets import queries, service
from intranet.auth.resets.models import ResetLink, ResetRequest
from intranet.core import clock
from intranet.core.actor import SYSTEM
from intranet.core.db import db
from intranet.core.policy import Invalid, NotFound, Refused
from intranet.core.transaction import reader
from tests.cast import PASSWORD, Cast, acting, as_reader
from tests.journal import happened

NEW = "un autre mot bien long"


def account_of(person_id: int) -> int:
    db.session.rollback()
    return db.session.scalars(select(Account.id).where(Account.person_id == person_id)).one()


def make_link(cast: Cast, person_id: int) -> str:
    account_id = account_of(person_id)
    with acting(cast.gwen) as tx:
        return service.make_link(tx, account_id).token


def choose(token: str, password: str = NEW) -> None:
    with acting(None) as tx:
        service.choose_anew(tx, token, password)


def ask(email: str, where: str = "127.0.0.1") -> None:
    with acting(None) as tx:
        service.ask(tx, email, where)


def opens(token: str) -> bool:
    db.session.rollback()
    return queries.behind_link(reader(SYSTEM), token) is not None


def test_s2_asking_leaves_the_same_row_for_known_and_unknown(cast: Cast) -> None:
    ask("Amel@example.org ")
    ask("personne@example.org")
    db.session.rollback()
    assert db.session.query(ResetRequest).count() == 2
    assert happened() == []
    assert list(queries.asked(as_reader(cast.gwen))) == [account_of(cast.amel)]


def test_s2_asking_is_slowed_down_by_place_and_address(cast: Cast) -> None:
    for number in range(10):
        ask(f"personne{number}@example.org")
    with pytest.raises(Refused) as refusal:
        ask("amel@example.org")
    assert refusal.value.verdict.reason == "auth.too_many_attempts"
    ask("amel@example.org", "192.0.2.7")


def test_s3_a_link_works_once_and_ends_every_session(cast: Cast) -> None:
    token = make_link(cast, cast.amel)
    account_id = account_of(cast.amel)
    with acting(None) as tx:
        auth_service.open_session(tx, account_id, "")
    choose(token)
    db.session.rollback()
    assert db.session.query(SignIn).filter_by(ended_at=None).count() == 0
    looking = as_reader(cast.amel)
    assert credentials.prove(looking, "amel@example.org", PASSWORD) is None
    assert credentials.prove(looking, "amel@example.org", NEW) is not None
    assert not opens(token)
    with pytest.raises(Refused) as refusal:
        choose(token)
    assert refusal.value.verdict.reason == "auth.reset_over"


def test_s3_a_link_ends_after_an_hour_and_a_newer_one_replaces_it(cast: Cast) -> None:
    first, second = make_link(cast, cast.amel), make_link(cast, cast.amel)
    assert not opens(first)
    assert opens(second)
    with time_machine.travel(clock.now() + timedelta(hours=1, seconds=1)):
        assert not opens(second)
        with pytest.raises(Refused):
            choose(second)


def test_s3_the_link_itself_is_kept_nowhere(cast: Cast) -> None:
    token = make_link(cast, cast.amel)
    db.session.rollback()
    assert token not in str(vars(db.session.query(ResetLink).one()))


def test_a_weak_new_password_keeps_the_link_and_the_old_password(cast: Cast) -> None:
    token = make_link(cast, cast.amel)
    with pytest.raises(Invalid) as wrong:
        choose(token, "Amel Benali 1")
    assert wrong.value.errors == {"new_password": "auth.password_about_you"}
    assert opens(token)


def test_the_owner_is_told_who_made_the_link(cast: Cast) -> None:
    make_link(cast, cast.amel)
    db.session.rollback()
    notice = db.session.query(Notice).one()
    assert (notice.account_id, notice.code) == (account_of(cast.amel), "reset_link_made")
    assert notice.by_id == cast.gwen
    assert happened() == ["ResetLinkMade"]


def test_only_administrators_make_links_and_none_for_disabled_accounts(cast: Cast) -> None:
    account_id = account_of(cast.amel)
    with pytest.raises(Refused), acting(cast.bruno) as tx:
        service.make_link(tx, account_id)
    with pytest.raises(NotFound), acting(cast.gwen) as tx:
        service.make_link(tx, 9999)
    token = make_link(cast, cast.amel)
    with acting(None) as tx:
        tx.session.get_one(Account, account_id).disabled_at = tx.now
    assert not opens(token)
    with pytest.raises(Refused), acting(cast.gwen) as tx:
        service.make_link(tx, account_id)
    with pytest.raises(Refused):
        choose(token)
