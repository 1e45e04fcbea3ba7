"""What other rooms begin because a review asked for it. The command was authorised."""

from __future__ import annotations

from intranet.core.db import insert_once
from intranet.core.policy import NotFound
from intranet.core.transaction import Transaction
from intranet.decisions.models import DecisionShelf
from intranet.decisions.policy import may_read_decision
from intranet.decisions.reviews.models import FollowUp, Review


def follow_up(tx: Transaction, review_id: int, origin_kind: str, origin_id: int) -> None:
    """Remember what a review led to. Twice is once.

    Raises NotFound for a review of a decision that the actor may not read.
    """
    found = tx.session.get(Review, review_id)
    shelf = tx.session.get(DecisionShelf, found.decision_id) if found else None
    if shelf is None or not may_read_decision(tx, shelf):
        raise NotFound
    key = {"review_id": review_id, "origin_kind": origin_kind, "origin_id": origin_id}
    insert_once(tx.session, FollowUp, **key, at=tx.now)
