"""Consequences for accounts that another room's command causes."""

from __future__ import annotations

from typing import cast

from sqlalchemy import CursorResult, delete, select, update

from intranet.auth.credentials import plain_address
from intranet.auth.events import CooperativeFounded
from intranet.auth.models import Account, Invitation, SignIn
from intranet.auth.notices.models import Notice
from intranet.auth.passkeys.models import Challenge, Passkey
from intranet.auth.passwords import hash_password
from intranet.auth.resets.models import ResetLink
from intranet.auth.second_factor.models import RecoveryCode, SecondFactor
from intranet.auth.single_sign_on.models import Identity
from intranet.core.transaction import Transaction

KEYS = (Challenge, Identity, Notice, Passkey, RecoveryCode, ResetLink, SecondFactor)


def add_account(
    tx: Transaction, person_id: int, email: str, password: str | None, **rights: bool
) -> int:
    """Give a person the way to sign in, and give the account's number; without a password (None)
    another way in has to be added by the same command."""
    account = Account(
        person_id=person_id,
        email=plain_address(email),
        password_hash="" if password is None else hash_password(password),
        created_at=tx.now,
        **rights,
    )
    tx.session.add(account)
    tx.session.flush()
    return account.id


def end_sessions(tx: Transaction, account_id: int, but: int | None = None) -> int:
    """End the open sessions of an account, all `but` one; how many they were."""
    ended = tx.session.execute(
        update(SignIn)
        .where(SignIn.account_id == account_id, SignIn.ended_at.is_(None))
        .where(SignIn.id != (but or 0))
        .values(ended_at=tx.now)
    )
    return cast(CursorResult[object], ended).rowcount


def tell(tx: Transaction, account_id: int, code: str) -> None:
    """Leave a line for the owner of an account: what was done to it, by whom."""
    tx.session.add(Notice(account_id=account_id, code=code, by_id=tx.actor.person_id, at=tx.now))


def add_founder(tx: Transaction, person_id: int, email: str, password: str) -> int:
    """Give the first person an account that administers, and give its number."""
    account_id = add_account(tx, person_id, email, password, is_administrator=True)
    tx.record(CooperativeFounded(person_id=person_id))
    return account_id


def is_administrator(tx: Transaction, person_id: int) -> bool:
    """Whether a person has an account that administers."""
    query = select(Account.id).where(Account.person_id == person_id, Account.is_administrator)
    return tx.session.scalar(query) is not None


def forget_account(tx: Transaction, person_id: int) -> None:
    """Close a person's account for good: no address, no password, no session, no device."""
    account = tx.session.scalars(select(Account).where(Account.person_id == person_id)).first()
    invited = update(Invitation).where(Invitation.person_id == person_id)
    tx.session.execute(invited.values(name="", email="", expires_at=Invitation.expires_at))
    if account is None:
        return
    account.email, account.password_hash = f"erased-{account.id}@invalid", ""
    account.disabled_at, account.is_administrator = tx.now, False
    opened = update(SignIn).where(SignIn.account_id == account.id)
    tx.session.execute(opened.values(device="", ended_at=tx.now))
    for kept in KEYS:
        tx.session.execute(delete(kept).where(kept.account_id == account.id))
