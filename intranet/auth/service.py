"""Opening and ending sessions, and what people change about their own account."""

from __future__ import annotations

from collections.abc import Collection

from intranet.auth import effects, throttle
from intranet.auth.credentials import Proof
from intranet.auth.events import (
    LanguageChosen,
    OtherSessionsEnded,
    PasswordChanged,
    SessionEnded,
    SignedInHere,
    SignedOut,
)
from intranet.auth.models import Account, SignIn
from intranet.auth.ownership import (
    CodeAsked,
    asks_code,
    check_password,
    own_account,
    waiting_for_code,
)
from intranet.auth.passwords import hash_password, weakness
from intranet.auth.policy import may_attempt, may_end_session, may_sign_in, may_use_account
from intranet.auth.tokens import new_token, token_digest
from intranet.core.policy import Invalid, NotFound
from intranet.core.transaction import Transaction
from intranet.members import queries as members_queries


def attempt(tx: Transaction, email: str, where: str) -> None:
    """Count an attempt before the password is looked at, so that many at once count too.

    Raises Refused with the seconds to wait after ten failures in a minute for this address or
    from this place. A sign-in takes the count back.
    """
    tx.keep_pages()
    counted = throttle.keys(email, where)
    tx.require(may_attempt, throttle.seconds_to_wait(tx, counted))
    throttle.count(tx, counted)


def sign_in(tx: Transaction, proof: Proof | None, email: str, where: str, device: str) -> str:
    """Open a session for whoever proved a password and give its token.

    Raises Refused with the same reason for an unknown address, a wrong password and a disabled
    account; CodeAsked when the account has a second factor.
    """
    account = tx.session.get(Account, proof.account_id) if proof else None
    holds = account is not None and proof is not None
    if holds and account.password_hash != proof.password_hash:  # type: ignore[union-attr]
        account = None
    tx.require(may_sign_in, account)
    assert account is not None  # noqa: S101
    if asks_code(tx, account.id):
        raise CodeAsked(waiting_for_code(account))
    throttle.take_back(tx, throttle.keys(email, where))
    tx.keep_pages()
    return open_session(tx, account.id, device)


def open_session(tx: Transaction, account_id: int, device: str) -> str:
    """Open a session for an account and give its token, which is kept nowhere."""
    account = tx.session.get_one(Account, account_id)
    tx.require(may_sign_in, account)
    token = new_token()
    opened = SignIn(
        account_id=account.id,
        token_digest=token_digest(token),
        created_at=tx.now,
        device=device[:200],
        last_seen_on=members_queries.today(tx),
    )
    tx.session.add(opened)
    tx.session.flush()
    tx.record(SignedInHere(account_id=account.id, sign_in_id=opened.id))
    return token


def sign_out(tx: Transaction, account_id: int, sign_in_id: int) -> None:
    """End the session one is in: its cookie is worth nothing from now on. Twice changes nothing."""
    opened = tx.session.get(SignIn, sign_in_id)
    if opened is None:
        raise NotFound
    tx.require(may_end_session, opened, account_id)
    if opened.ended_at is None:
        opened.ended_at = tx.now
        tx.record(SignedOut(account_id=account_id, sign_in_id=opened.id))


def end_session(tx: Transaction, account_id: int, sign_in_id: int) -> None:
    """End one of one's own sessions from another device. Twice changes nothing.

    Raises NotFound for a session that does not exist or is somebody else's.
    """
    opened = tx.session.get(SignIn, sign_in_id)
    if opened is None or opened.account_id != account_id:
        raise NotFound
    tx.require(may_end_session, opened, account_id)
    if opened.ended_at is None:
        opened.ended_at = tx.now
        tx.record(SessionEnded(account_id=account_id, sign_in_id=opened.id))


def end_other_sessions(tx: Transaction, account_id: int, sign_in_id: int) -> int:
    """End all of one's own sessions but the one one is in; how many they were."""
    tx.require(may_use_account, own_account(tx))
    ended = effects.end_sessions(tx, account_id, but=sign_in_id)
    if ended:
        tx.record(OtherSessionsEnded(account_id=account_id))
    return ended


def note_visit(tx: Transaction, account_id: int, sign_in_id: int) -> None:
    """Remember that a session was used today. Twice changes nothing."""
    tx.keep_pages()
    opened = tx.session.get(SignIn, sign_in_id)
    if opened is None:
        raise NotFound
    tx.require(may_end_session, opened, account_id)
    opened.last_seen_on = members_queries.today(tx)


def change_password(
    tx: Transaction, proof: Proof | None, new: str, where: str, sign_in_id: int
) -> None:
    """Give one's account another password; every session of it but `sign_in_id` ends.

    Raises Invalid by field: the present password is wrong, or the new one is weak.
    """
    account = own_account(tx)
    tx.require(may_use_account, account)
    check_password(account, proof)
    cooperative = members_queries.cooperative(tx.session)
    weak = weakness(new, account.email, account.person.name, cooperative.name)
    if weak:
        raise Invalid(new_password=weak)
    throttle.take_back(tx, throttle.keys(account.email, where))
    account.password_hash = hash_password(new)
    effects.end_sessions(tx, account.id, but=sign_in_id)
    effects.tell(tx, account.id, "password_changed")
    tx.record(PasswordChanged(account_id=account.id))


def choose_language(tx: Transaction, language: str, languages: Collection[str]) -> None:
    """Choose the language of one's pages; an empty one means the cooperative's."""
    account = own_account(tx)
    tx.require(may_use_account, account)
    if language and language not in languages:
        raise Invalid(language="members.unknown_language")
    if (language or None) != account.language:
        account.language = language or None
        tx.record(LanguageChosen(account_id=account.id, language=language))
