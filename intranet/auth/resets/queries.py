"""Links for a new password that still work, and the accounts whose owner asked for one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from intranet.auth.models import Account
from intranet.auth.policy import may_choose_anew
from intranet.auth.resets.models import ResetLink, ResetRequest
from intranet.auth.resets.service import LINK_LASTS, REQUEST_LASTS, address_digest
from intranet.auth.tokens import token_digest
from intranet.core.transaction import Reader


def behind_link(reader: Reader, token: str) -> str | None:
    """The address of the account that this link lets choose a password, or None."""
    row = reader.session.execute(
        select(ResetLink, Account.email, Account.disabled_at)
        .join(Account, Account.id == ResetLink.account_id)
        .where(ResetLink.token_digest == token_digest(token))
    ).one_or_none()
    if row is None or not may_choose_anew(reader, row[0], row.disabled_at is not None):
        return None
    return str(row.email)


@dataclass(frozen=True)
class Asked:
    """That somebody asked for a new password, and whether a link was mailed for it."""

    at: datetime
    is_mailed: bool


def asked(reader: Reader) -> dict[int, Asked]:
    """When the owners of accounts asked for a new password in the last seven days, by account."""
    since = reader.now - REQUEST_LASTS
    rows = reader.session.scalars(select(ResetRequest).where(ResetRequest.asked_at >= since))
    requests = {row.address_digest: Asked(row.asked_at, bool(row.answered_at)) for row in rows}
    if not requests:
        return {}
    accounts = reader.session.execute(select(Account.id, Account.email))
    found = {row.id: requests.get(address_digest(row.email)) for row in accounts}
    return {account_id: one for account_id, one in found.items() if one}


def unanswered(reader: Reader) -> list[str]:
    """The digests of the addresses that wait for the worker, of this hour: a link that comes later
    than one waits for it helps nobody."""
    recent = ResetRequest.asked_at > reader.now - LINK_LASTS
    query = select(ResetRequest.address_digest).where(ResetRequest.answered_at.is_(None), recent)
    return list(reader.session.scalars(query.order_by(ResetRequest.asked_at)))
