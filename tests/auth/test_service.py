"""Sessions, passwords and the language of one's own account."""

from __future__ import annotations

import pytest
from flask import Flask

from intranet.auth import credentials, queries, service
from intranet.auth.models import Account, SignIn
from intranet.core import clock
from intranet.core.actor import SYSTEM
from intranet.core.db import db
from intranet.core.policy import Invalid, NotFound, Refused
from intranet.core.transaction import reader
from tests.cast import PASSWORD, Cast, acting, as_reader
from tests.journal import happened

NEW = "un autre mot bien long"
PLACE = "192.0.2.1"


def proof(name: str, password: str = PASSWORD) -> credentials.Proof | None:
    return credentials.prove(reader(SYSTEM), f"{name}@example.org", password)


def sign_in(name: str, password: str = PASSWORD) -> str:
    proved = proof(name, password)
    with acting(None) as tx:
        return service.sign_in(tx, proved, f"{name}@example.org", PLACE, "Firefox/1")


def opened(token: str) -> queries.SignedIn | None:
    db.session.rollback()
    return queries.signed_in(db.session(), token, clock.now())


def account_of(person_id: int) -> Account:
    db.session.rollback()
    return db.session.query(Account).filter_by(person_id=person_id).one()


def test_a_right_password_opens_a_session(cast: Cast) -> None:
    user = opened(sign_in("amel"))
    assert user is not None
    assert user.actor.person_id == cast.amel
    assert happened() == ["SignedInHere"]


@pytest.mark.parametrize(("name", "password"), [("amel", "wrong"), ("nobody", PASSWORD)])
def test_wrong_and_unknown_are_refused_with_one_reason(
    cast: Cast, name: str, password: str
) -> None:
    with pytest.raises(Refused, match=r"^auth\.wrong_credentials$"):
        sign_in(name, password)
    assert happened() == []


def test_a_disabled_account_is_refused_with_the_same_reason(cast: Cast) -> None:
    with acting(None) as tx:
        tx.session.query(Account).filter_by(person_id=cast.amel).one().disabled_at = tx.now
    with pytest.raises(Refused, match=r"^auth\.wrong_credentials$"):
        sign_in("amel")


def test_a_former_member_signs_in_without_any_right(cast: Cast) -> None:
    user = opened(sign_in("david"))
    assert user is not None
    assert user.actor.rights == frozenset()


def test_a_proof_is_worth_nothing_once_the_password_changed(cast: Cast) -> None:
    old = proof("amel")
    session_id = opened(sign_in("amel")).sign_in_id  # type: ignore[union-attr]
    with acting(cast.amel) as tx:
        service.change_password(tx, old, NEW, PLACE, session_id)
    with pytest.raises(Refused, match=r"^auth\.wrong_credentials$"), acting(None) as tx:
        service.sign_in(tx, old, "amel@example.org", PLACE, "")


def test_a_session_ends_by_itself_after_thirty_days(cast: Cast) -> None:
    token = sign_in("amel")
    later = clock.now() + queries.SESSION_LASTS
    assert queries.signed_in(db.session(), token, later) is None


def test_signing_out_twice_changes_nothing(cast: Cast) -> None:
    token = sign_in("amel")
    user = opened(token)
    assert user is not None
    for _ in range(2):
        with acting(cast.amel) as tx:
            service.sign_out(tx, user.account_id, user.sign_in_id)
    assert opened(token) is None
    assert happened() == ["SignedInHere", "SignedOut"]


def test_nobody_signs_somebody_else_out(cast: Cast) -> None:
    token = sign_in("amel")
    user = opened(token)
    assert user is not None
    other = account_of(cast.bruno).id
    with pytest.raises(Refused, match=r"^auth\.only_own_account$"), acting(cast.bruno) as tx:
        service.sign_out(tx, other, user.sign_in_id)
    assert opened(token) is not None


def test_one_ends_ones_own_sessions_and_does_not_see_others(cast: Cast) -> None:
    first, second = opened(sign_in("amel")), opened(sign_in("amel"))
    assert first is not None
    assert second is not None
    for _ in range(2):
        with acting(cast.amel) as tx:
            service.end_session(tx, first.account_id, first.sign_in_id)
    assert happened()[2:] == ["SessionEnded"]
    card = queries.own_account(as_reader(cast.amel))
    assert [line.id for line in card.sessions] == [second.sign_in_id]
    other = account_of(cast.bruno).id
    with pytest.raises(NotFound), acting(cast.bruno) as tx:
        service.end_session(tx, other, second.sign_in_id)
    with pytest.raises(NotFound), acting(cast.amel) as tx:
        service.end_session(tx, first.account_id, 9999)


def test_a_new_password_ends_the_other_sessions(cast: Cast) -> None:
    elsewhere, here = sign_in("amel"), sign_in("amel")
    kept = opened(here)
    assert kept is not None
    proved = proof("amel")
    with acting(cast.amel) as tx:
        service.change_password(tx, proved, NEW, PLACE, kept.sign_in_id)
    assert opened(elsewhere) is None
    assert opened(here) is not None
    assert opened(sign_in("amel", NEW)) is not None
    assert "PasswordChanged" in happened()


def test_the_present_password_must_be_right(cast: Cast) -> None:
    before = account_of(cast.amel).password_hash
    for proved in (None, proof("bruno")):
        with pytest.raises(Invalid) as wrong, acting(cast.amel) as tx:
            service.change_password(tx, proved, NEW, PLACE, 0)
        assert wrong.value.errors == {"password": "auth.wrong_password"}
    assert account_of(cast.amel).password_hash == before


def test_a_weak_new_password_is_refused(cast: Cast) -> None:
    proved = proof("amel")
    with pytest.raises(Invalid) as wrong, acting(cast.amel) as tx:
        service.change_password(tx, proved, "Coopérative d’essai", PLACE, 0)
    assert wrong.value.errors == {"new_password": "auth.password_about_you"}


def test_the_tenth_failure_makes_everybody_wait(cast: Cast) -> None:
    for _ in range(10):
        with acting(None) as tx:
            service.attempt(tx, "amel@example.org", PLACE)
    with pytest.raises(Refused, match=r"^auth\.too_many_attempts$") as refusal, acting(None) as tx:
        service.attempt(tx, "amel@example.org", PLACE)
    assert 1 <= int(str(refusal.value.verdict.values["seconds"])) <= 60


def test_a_language_is_chosen_once(cast: Cast) -> None:
    for _ in range(2):
        with acting(cast.amel) as tx:
            service.choose_language(tx, "en", {"fr", "en"})
    assert account_of(cast.amel).language == "en"
    assert happened() == ["LanguageChosen"]
    with acting(cast.amel) as tx:
        service.choose_language(tx, "", {"fr", "en"})
    assert account_of(cast.amel).language is None
    with pytest.raises(Invalid), acting(cast.amel) as tx:
        service.choose_language(tx, "xx", {"fr", "en"})


def test_whoever_has_no_account_changes_none(app: Flask, cast: Cast) -> None:
    with acting(None) as tx:
        tx.session.query(Account).filter_by(person_id=cast.chloe).delete()
    with pytest.raises(NotFound), acting(cast.chloe) as tx:
        service.choose_language(tx, "en", {"fr", "en"})


def test_only_the_digest_of_a_token_is_kept(cast: Cast) -> None:
    token = sign_in("amel")
    db.session.rollback()
    assert token not in {row.token_digest for row in db.session.query(SignIn)}
