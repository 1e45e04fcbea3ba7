"""Consequences for accounts that another room's command causes."""

from __future__ import annotations

from sqlalchemy import select, update

from intranet.auth.credentials import plain_address
from intranet.auth.events import CooperativeFounded
from intranet.auth.models import Account, Invitation, SignIn
from intranet.auth.passwords import hash_password
from intranet.core.transaction import Transaction


def add_account(tx: Transaction, person_id: int, email: str, password: str, **rights: bool) -> int:
    """Give a person the way to sign in, and give the account's number."""
    account = Account(
        person_id=person_id,
        email=plain_address(email),
        password_hash=hash_password(password),
        created_at=tx.now,
        **rights,
    )
    tx.session.add(account)
    tx.session.flush()
    return account.id


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
