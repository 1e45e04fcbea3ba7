"""One's own account, and the proof that it is oneself who asks."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from sqlalchemy import select

from intranet.auth.credentials import Proof
from intranet.auth.models import Account
from intranet.auth.second_factor.models import SecondFactor
from intranet.core.policy import Invalid, NotFound
from intranet.core.transaction import Reader


@dataclass(frozen=True)
class Waiting:
    """Somebody who proved a password and still has to give a code; `mark` is that of the hash."""

    account_id: int
    mark: str


class CodeAsked(Exception):
    """The password is right, and the account asks for a code as well."""

    def __init__(self, waiting: Waiting) -> None:
        super().__init__("a code is asked")
        self.waiting = waiting


def own_account(reader: Reader) -> Account:
    """The account of the actor. Raises NotFound."""
    account = reader.session.scalars(
        select(Account).where(Account.person_id == reader.actor.person_id)
    ).one_or_none()
    if account is None:
        raise NotFound
    return account


def check_password(account: Account, proof: Proof | None) -> None:
    """Raise Invalid unless the proof is that of this account as it is now."""
    present = (account.id, account.password_hash)
    if proof is None or present != (proof.account_id, proof.password_hash):
        raise Invalid(password="auth.wrong_password")  # noqa: S106


def asks_code(reader: Reader, account_id: int) -> bool:
    """Whether an account asks for a code beside its password."""
    factor = reader.session.get(SecondFactor, account_id)
    return factor is not None and factor.confirmed_at is not None


def waiting_for_code(account: Account) -> Waiting:
    """Who waits, until the password is another one."""
    return Waiting(account.id, hashlib.sha256(account.password_hash.encode()).hexdigest()[:32])


def still_waiting(reader: Reader, waiting: Waiting) -> Account | None:
    """The account of whoever waits, or None when it is gone, disabled, or its password changed."""
    account = reader.session.get(Account, waiting.account_id)
    if account is None or account.disabled_at is not None:
        return None
    return account if waiting_for_code(account) == waiting else None
