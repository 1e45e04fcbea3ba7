"""Links for a new password that still work, and the accounts whose owner asked for one."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select

from intranet.auth.models import Account
from intranet.auth.policy import may_choose_anew
from intranet.auth.resets.models import ResetLink, ResetRequest
from intranet.auth.resets.service import REQUEST_LASTS, address_digest
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


def asked(reader: Reader) -> dict[int, datetime]:
    """When the owners of accounts asked for a new password in the last seven days, by account."""
    since = reader.now - REQUEST_LASTS
    rows = reader.session.execute(
        select(ResetRequest.address_digest, ResetRequest.asked_at).where(
            ResetRequest.asked_at >= since
        )
    )
    requests = {row.address_digest: row.asked_at for row in rows}
    if not requests:
        return {}
    accounts = reader.session.execute(select(Account.id, Account.email))
    found = {row.id: requests.get(address_digest(row.email)) for row in accounts}
    return {account_id: at for account_id, at in found.items() if at}
