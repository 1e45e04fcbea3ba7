"""An account at the provider that opens an account here: linking, signing in, unlinking."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import delete, select

from intranet.auth import effects, ownership
from intranet.auth import service as auth_service
from intranet.auth.events import IdentityLinked, IdentityUnlinked
from intranet.auth.invitations import service as invitations
from intranet.auth.models import Account
from intranet.auth.passkeys.models import Passkey
from intranet.auth.policy import (
    may_come_by_identity,
    may_open_by_identity,
    may_unlink,
    may_use_account,
)
from intranet.auth.single_sign_on.models import Identity
from intranet.core.policy import Conflict
from intranet.core.transaction import Transaction


@dataclass(frozen=True)
class Known:
    """Who somebody is elsewhere, as the provider has signed it. An address proves nothing."""

    issuer: str
    subject: str


def link(tx: Transaction, known: Known) -> None:
    """Let an account at the provider open one's own account. Twice changes nothing.

    Raises Conflict when it opens another account already.
    """
    account = ownership.own_account(tx)
    tx.require(may_use_account, account)
    identity = _identity(tx, known)
    if identity is not None and identity.account_id != account.id:
        raise Conflict("auth.identity_taken")
    if identity is None:
        _add(tx, known, account.id)


def accept(tx: Transaction, token: str, name: str, known: Known) -> int:
    """Make the account of an invited person whom the provider vouches for, linked and without a
    password; gives its number.

    Raises Refused when the link is over or the identity opens another account, Invalid by field.
    """
    tx.require(may_come_by_identity, _identity(tx, known) is not None)
    account_id = invitations.accept(tx, token, name, None)
    _add(tx, known, account_id)
    return account_id


def _add(tx: Transaction, known: Known, account_id: int) -> None:
    identity = Identity(
        account_id=account_id, issuer=known.issuer, subject=known.subject, linked_at=tx.now
    )
    tx.session.add(identity)
    effects.tell(tx, account_id, "identity_linked")
    tx.record(IdentityLinked(account_id=account_id))


def unlink(tx: Transaction) -> None:
    """Let no account at the provider open one's own account. Twice changes nothing.

    Raises Refused while nothing else opens it.
    """
    account = ownership.own_account(tx)
    passkey = select(Passkey.id).where(Passkey.account_id == account.id).limit(1)
    tx.require(may_unlink, account, tx.session.scalar(passkey) is not None)
    mine = Identity.account_id == account.id
    if tx.session.scalar(select(Identity.id).where(mine).limit(1)) is not None:
        tx.session.execute(delete(Identity).where(mine))
        effects.tell(tx, account.id, "identity_unlinked")
        tx.record(IdentityUnlinked(account_id=account.id))


def sign_in(tx: Transaction, known: Known, device: str) -> str:
    """Open a session for whoever the provider vouches for, and give its token.

    Raises Refused for an identity that nobody linked and for a disabled account; CodeAsked when
    the account has a second factor.
    """
    identity = _identity(tx, known)
    account = tx.session.get(Account, identity.account_id) if identity else None
    tx.require(may_open_by_identity, account)
    assert identity is not None  # noqa: S101
    assert account is not None  # noqa: S101
    if ownership.asks_code(tx, account.id):
        raise ownership.CodeAsked(ownership.waiting_for_code(account))
    tx.keep_pages()
    identity.last_used_at = tx.now
    return auth_service.open_session(tx, account.id, device)


def _identity(tx: Transaction, known: Known) -> Identity | None:
    return tx.session.scalars(
        select(Identity).where(Identity.issuer == known.issuer, Identity.subject == known.subject)
    ).one_or_none()
