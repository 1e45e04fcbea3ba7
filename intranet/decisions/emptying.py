"""What is left of a decision beside its record when its words must be removed."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import select, update

from intranet.core.citations import keep_citations
from intranet.core.transaction import Transaction
from intranet.decisions.models import Decision, DecisionShelf


def empty_shelves(tx: Transaction, digests: Collection[str]) -> None:
    """Take the rendering of every decision that has one of these texts away, with what it cites."""
    found = select(Decision.id).where(Decision.text_digest.in_(digests))
    ids = list(tx.session.scalars(found))
    tx.session.execute(
        update(DecisionShelf).where(DecisionShelf.decision_id.in_(ids)).values(html="", plain="")
    )
    for decision_id in ids:
        keep_citations(tx.session, "decision", decision_id, [])
