"""The passkeys of an account, for its owner."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from intranet.auth.passkeys.models import Passkey
from intranet.core.transaction import Reader


@dataclass(frozen=True)
class PasskeyCard:
    """A passkey as its owner sees it."""

    id: int
    name: str
    created_at: datetime
    last_used_at: datetime | None


def passkeys(reader: Reader, account_id: int) -> list[PasskeyCard]:
    """The passkeys of an account, the oldest first."""
    rows = reader.session.scalars(
        select(Passkey).where(Passkey.account_id == account_id).order_by(Passkey.id)
    )
    return [PasskeyCard(row.id, row.name, row.created_at, row.last_used_at) for row in rows]
