"""How the second factor of an account stands, for its owner."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from intranet.auth.second_factor.models import RecoveryCode, SecondFactor
from intranet.core.transaction import Reader


@dataclass(frozen=True)
class FactorCard:
    """A second factor: since when it counts, if at all, and how many recovery codes are left."""

    salt: str
    since: datetime | None
    codes_left: int


def factor(reader: Reader, account_id: int) -> FactorCard | None:
    """The second factor of an account, begun or set, or None."""
    row = reader.session.get(SecondFactor, account_id)
    if row is None:
        return None
    left = select(func.count()).where(
        RecoveryCode.account_id == account_id, RecoveryCode.used_at.is_(None)
    )
    return FactorCard(row.salt, row.confirmed_at, reader.session.scalar(left) or 0)
