"""Making a secret address, and ending it. No event tells of it: it concerns nobody else."""

from __future__ import annotations

from sqlalchemy import update

from intranet.auth.tokens import new_token, token_digest
from intranet.core.transaction import Transaction
from intranet.notices.feeds.models import FeedAddress, FeedKind
from intranet.notices.feeds.policy import may_have_feeds


def _end(tx: Transaction, kind: FeedKind) -> None:
    tx.session.execute(
        update(FeedAddress)
        .where(FeedAddress.person_id == tx.actor.person_id, FeedAddress.kind == kind)
        .where(FeedAddress.ended_at.is_(None))
        .values(ended_at=tx.now)
    )


def make(tx: Transaction, kind: FeedKind) -> str:
    """Give the actor a new address of this kind and end the earlier one; gives the token, which is
    kept nowhere. Raises Refused."""
    tx.require(may_have_feeds)
    assert tx.actor.person_id is not None  # noqa: S101
    _end(tx, kind)
    token = new_token()
    tx.session.add(
        FeedAddress(
            person_id=tx.actor.person_id,
            kind=kind,
            token_digest=token_digest(token),
            created_at=tx.now,
        )
    )
    tx.keep_pages()
    return token


def end(tx: Transaction, kind: FeedKind) -> None:
    """End the actor's address of this kind; twice changes nothing."""
    tx.require(may_have_feeds)
    _end(tx, kind)
    tx.keep_pages()
