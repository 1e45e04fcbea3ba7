"""A forgotten password: asking, the link an administrator hands over, and choosing a new one."""

from __future__ import annotations

import hashlib
from datetime import timedelta

from sqlalchemy import delete, select, update

from intranet.auth import effects, throttle
from intranet.auth.credentials import plain_address
from intranet.auth.events import PasswordReset, ResetLinkMade
from intranet.auth.models import Account
from intranet.auth.passwords import hash_password, weakness
from intranet.auth.policy import may_attempt, may_choose_anew, may_reset
from intranet.auth.resets.models import ResetLink, ResetRequest
from intranet.auth.tokens import new_token, token_digest
from intranet.core.db import insert_once
from intranet.core.policy import Invalid, NotFound
from intranet.core.transaction import Transaction
from intranet.members import queries as members

LINK_LASTS = timedelta(hours=1)
REQUEST_LASTS = timedelta(days=7)


def address_digest(email: str) -> str:
    """What is kept of an address somebody typed, until it is known to be one of ours."""
    return hashlib.sha256(plain_address(email).encode()).hexdigest()


def ask(tx: Transaction, email: str, where: str) -> None:
    """Leave word for the administrators that a password was forgotten.

    The same is written for a known and an unknown address. Raises Refused with the seconds to
    wait after ten tries in a minute.
    """
    tx.keep_pages()
    counted = throttle.keys(f"reset:{plain_address(email)}", f"reset:{where}")
    tx.require(may_attempt, throttle.seconds_to_wait(tx, counted))
    throttle.count(tx, counted)
    tx.session.execute(delete(ResetRequest).where(ResetRequest.asked_at < tx.now - REQUEST_LASTS))
    insert_once(tx.session, ResetRequest, address_digest=address_digest(email), asked_at=tx.now)


def make_link(tx: Transaction, account_id: int) -> str:
    """Make the token of the one link by which an account chooses a new password.

    Earlier links of the account work no longer; its owner is told. Raises NotFound, Refused.
    """
    account = tx.session.get(Account, account_id)
    if account is None:
        raise NotFound
    tx.require(may_reset, account)
    tx.session.execute(
        update(ResetLink)
        .where(ResetLink.account_id == account_id, ResetLink.used_at.is_(None))
        .values(used_at=tx.now)
    )
    digest = address_digest(account.email)
    tx.session.execute(delete(ResetRequest).where(ResetRequest.address_digest == digest))
    token = new_token()
    link = ResetLink(
        account_id=account_id,
        token_digest=token_digest(token),
        made_by_id=tx.actor.person_id,
        created_at=tx.now,
        expires_at=tx.now + LINK_LASTS,
    )
    tx.session.add(link)
    tx.session.flush()
    effects.tell(tx, account_id, "reset_link_made")
    tx.record(ResetLinkMade(account_id=account_id, reset_link_id=link.id))
    return token


def choose_anew(tx: Transaction, token: str, password: str) -> None:
    """Choose a new password by a link: all sessions of the account end, and it signs in anew.

    A second factor stays. Raises Refused for a link that is over, Invalid for a weak password.
    """
    link = tx.session.scalars(
        select(ResetLink).where(ResetLink.token_digest == token_digest(token)).with_for_update()
    ).one_or_none()
    account = tx.session.get_one(Account, link.account_id) if link else None
    tx.require(may_choose_anew, link, bool(account and account.disabled_at))
    assert link is not None  # noqa: S101
    assert account is not None  # noqa: S101
    cooperative = members.cooperative(tx.session)
    weak = weakness(password, account.email, account.person.name, cooperative.name)
    if weak:
        raise Invalid(new_password=weak)
    link.used_at = tx.now
    account.password_hash = hash_password(password)
    effects.end_sessions(tx, account.id)
    effects.tell(tx, account.id, "password_reset")
    tx.record(PasswordReset(account_id=account.id))
