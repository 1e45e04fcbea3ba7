"""Consequences for accounts that another room's command causes."""

from __future__ import annotations

from intranet.auth.credentials import plain_address
from intranet.auth.events import CooperativeFounded
from intranet.auth.models import Account
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
