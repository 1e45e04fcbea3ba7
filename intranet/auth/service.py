"""Opening and ending sessions."""

from __future__ import annotations

from sqlalchemy import select

from intranet.auth.events import SignedInHere, SignedOut
from intranet.auth.models import Account, SignIn
from intranet.auth.passwords import is_password
from intranet.auth.policy import may_sign_in, may_sign_out
from intranet.auth.tokens import new_token, token_digest
from intranet.core.transaction import Transaction


def sign_in(tx: Transaction, email: str, password: str, device: str) -> str:
    """Open a session and give its token.

    Raises Refused with the same reason and in the same time for an unknown address and for a
    wrong password.
    """
    account = tx.session.scalars(
        select(Account).where(Account.email == email.strip().casefold())
    ).one_or_none()
    fits = is_password(account.password_hash if account else None, password)
    tx.require(may_sign_in, account if fits else None)
    assert account is not None  # noqa: S101
    token = new_token()
    opened = SignIn(
        account_id=account.id,
        token_digest=token_digest(token),
        created_at=tx.now,
        device=device[:200],
    )
    tx.session.add(opened)
    tx.session.flush()
    tx.record(SignedInHere(account_id=account.id, sign_in_id=opened.id))
    return token


def sign_out(tx: Transaction, sign_in_id: int) -> None:
    """End a session: its cookie is worth nothing from now on. Twice changes nothing."""
    tx.require(may_sign_out)
    opened = tx.session.get(SignIn, sign_in_id)
    if opened is not None and opened.ended_at is None:
        opened.ended_at = tx.now
        tx.record(SignedOut(account_id=opened.account_id, sign_in_id=opened.id))
