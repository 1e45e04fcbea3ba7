"""An address and a password, compared outside the write lock because hashing takes its time."""

from __future__ import annotations

import re
from dataclasses import dataclass

from sqlalchemy import select

from intranet.auth.models import Account
from intranet.auth.passwords import is_password
from intranet.core.transaction import Reader

LONGEST_ADDRESS = 254
ADDRESS = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")


@dataclass(frozen=True)
class Proof:
    """That a password was right for an account whose hash was this one."""

    account_id: int
    password_hash: str


def plain_address(email: str) -> str:
    """An e-mail address as it is kept and compared."""
    return email.strip().casefold()


def is_address(email: str) -> bool:
    """Whether this can be an e-mail address. Only a letter sent there would tell for sure."""
    plain = plain_address(email)
    return len(plain) <= LONGEST_ADDRESS and ADDRESS.fullmatch(plain) is not None


def prove(reader: Reader, email: str, password: str) -> Proof | None:
    """The proof for an address and a password, or None; known and unknown take the same time."""
    row = reader.session.execute(
        select(Account.id, Account.password_hash).where(Account.email == plain_address(email))
    ).one_or_none()
    fits = is_password(row.password_hash if row else None, password)
    return Proof(row.id, row.password_hash) if row and fits else None
