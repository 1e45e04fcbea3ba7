"""What administrators do with accounts. None of it gives or takes a status or a vote."""

from __future__ import annotations

from sqlalchemy import select

from intranet.auth import effects
from intranet.auth.events import (
    AccountDisabled,
    AccountEnabled,
    AdministratorMade,
    AdministratorUnmade,
)
from intranet.auth.models import Account
from intranet.auth.policy import may_administer, may_lose_power
from intranet.core.policy import Conflict, NotFound
from intranet.core.transaction import Transaction


def disable_account(tx: Transaction, account_id: int) -> None:
    """Let nobody in by an account and end its sessions. Twice changes nothing.

    Raises NotFound, Refused for others than administrators and for the last administrator.
    """
    account = _account(tx, account_id)
    tx.require(may_lose_power, account, _administrators(tx))
    if account.disabled_at is None:
        account.disabled_at = tx.now
        effects.end_sessions(tx, account.id)
        tx.record(AccountDisabled(account_id=account.id))


def enable_account(tx: Transaction, account_id: int) -> None:
    """Let the owner of a disabled account sign in again. Twice changes nothing."""
    account = _account(tx, account_id)
    tx.require(may_administer)
    if account.disabled_at is not None:
        account.disabled_at = None
        tx.record(AccountEnabled(account_id=account.id))


def make_administrator(tx: Transaction, account_id: int) -> None:
    """Give an account the technical administration. Twice changes nothing.

    Raises NotFound, Refused, Conflict for a disabled account.
    """
    account = _account(tx, account_id)
    tx.require(may_administer)
    if account.disabled_at is not None:
        raise Conflict("auth.account_is_disabled")
    if not account.is_administrator:
        account.is_administrator = True
        tx.record(AdministratorMade(account_id=account.id))


def unmake_administrator(tx: Transaction, account_id: int) -> None:
    """Take the technical administration from an account, never from the last one.

    Twice changes nothing. Raises NotFound, Refused.
    """
    account = _account(tx, account_id)
    tx.require(may_lose_power, account, _administrators(tx))
    if account.is_administrator:
        account.is_administrator = False
        tx.record(AdministratorUnmade(account_id=account.id))


def _account(tx: Transaction, account_id: int) -> Account:
    account = tx.session.get(Account, account_id)
    if account is None:
        raise NotFound
    return account


def _administrators(tx: Transaction) -> frozenset[int]:
    """The accounts that administer now, locked so that two cannot unmake each other at once."""
    query = select(Account.id).where(Account.is_administrator, Account.disabled_at.is_(None))
    return frozenset(tx.session.scalars(query.with_for_update()))
