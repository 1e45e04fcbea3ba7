"""A forgotten password: asking, the link by mail or by hand, and choosing a new one."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import delete, select, update

from intranet.auth import effects, letters, throttle
from intranet.auth.credentials import plain_address
from intranet.auth.events import PasswordReset, ResetLinkMade
from intranet.auth.models import Account
from intranet.auth.passwords import hash_password, weakness
from intranet.auth.policy import (
    may_answer_request,
    may_attempt,
    may_choose_anew,
    may_reset,
)
from intranet.auth.resets.models import ResetLink, ResetRequest
from intranet.auth.tokens import new_token, token_digest
from intranet.core.db import insert_once
from intranet.core.policy import Invalid, NotFound
from intranet.core.transaction import Transaction
from intranet.members import queries as members
from intranet.outbox import effects as outbox

LINK_LASTS = timedelta(hours=1)
ASKED_AGAIN_AFTER = timedelta(minutes=10)
REQUEST_LASTS = timedelta(days=7)


def address_digest(email: str) -> str:
    """What is kept of an address somebody typed, until it is known to be one of ours."""
    return hashlib.sha256(plain_address(email).encode()).hexdigest()


def ask(tx: Transaction, email: str, where: str) -> None:
    """Leave word for the worker and the administrators that a password was forgotten.

    The same is written for a known and an unknown address, and nothing is looked up here. Asked
    again within ten minutes nothing is added, so that nobody's letter box is filled by others.
    Raises Refused with the seconds to wait after ten tries in a minute.
    """
    tx.keep_pages()
    counted = throttle.keys(f"reset:{plain_address(email)}", f"reset:{where}")
    tx.require(may_attempt, throttle.seconds_to_wait(tx, counted))
    throttle.count(tx, counted)
    tx.session.execute(delete(ResetRequest).where(ResetRequest.asked_at < tx.now - REQUEST_LASTS))
    digest = address_digest(email)
    insert_once(tx.session, ResetRequest, address_digest=digest, asked_at=tx.now)
    tx.session.execute(
        update(ResetRequest)
        .where(ResetRequest.address_digest == digest)
        .where(ResetRequest.asked_at <= tx.now - ASKED_AGAIN_AFTER)
        .values(asked_at=tx.now, answered_at=None)
    )


def answer_request(tx: Transaction, digest: str) -> bool:
    """Mail a link to whoever forgot a password, if the address has an account; whether it has.

    Links mailed before stay good for their hour: nobody can take somebody's link away by asking
    for another. Twice changes nothing. Raises Refused unless it is the worker.
    """
    tx.require(may_answer_request)
    request = tx.session.get(ResetRequest, digest, with_for_update=True)
    if request is None or request.answered_at is not None:
        return False
    request.answered_at = tx.now
    accounts = tx.session.scalars(select(Account).where(Account.disabled_at.is_(None)))
    account = next((one for one in accounts if address_digest(one.email) == digest), None)
    if account is None:
        tx.keep_pages()
        return False
    link, token = _link(tx, account.id)
    _mail(tx, account, link, token)
    effects.tell(tx, account.id, "reset_link_mailed")
    return True


@dataclass(frozen=True)
class Handed:
    """A link just made: its token, which is kept nowhere, and whether it is on its way by mail."""

    token: str
    email: str
    is_mailed: bool


def make_link(tx: Transaction, account_id: int, *, by_mail: bool = True) -> Handed:
    """Make the one link by which an account chooses a new password, and mail it if `by_mail` is so
    and this installation sends mail.

    Earlier links of the account work no longer; its owner is told. Raises NotFound, Refused.
    """
    account = tx.session.get(Account, account_id)
    if account is None:
        raise NotFound
    tx.require(may_reset, account)
    _end_links(tx, account)
    link, token = _link(tx, account_id)
    effects.tell(tx, account_id, "reset_link_made")
    is_mailed = by_mail and _mail(tx, account, link, token)
    return Handed(token, account.email, is_mailed)


def _end_links(tx: Transaction, account: Account) -> None:
    """Let no link of an account work any more, and forget that one was asked for."""
    still = (ResetLink.account_id == account.id, ResetLink.used_at.is_(None))
    for number in tx.session.scalars(select(ResetLink.id).where(*still)).all():
        outbox.take_back(tx, letters.reset_key(number))
    tx.session.execute(update(ResetLink).where(*still).values(used_at=tx.now))
    digest = address_digest(account.email)
    tx.session.execute(delete(ResetRequest).where(ResetRequest.address_digest == digest))


def _mail(tx: Transaction, account: Account, link: ResetLink, token: str) -> bool:
    letter = letters.of_reset(tx, account, link, token)
    return outbox.send_letter(tx, letter, letters.reset_key(link.id), account.person_id)


def _link(tx: Transaction, account_id: int) -> tuple[ResetLink, str]:
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
    tx.record(ResetLinkMade(account_id=account_id, reset_link_id=link.id))
    return link, token


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
    _end_links(tx, account)
    account.password_hash = hash_password(password)
    effects.end_sessions(tx, account.id)
    effects.tell(tx, account.id, "password_reset")
    tx.record(PasswordReset(account_id=account.id))
