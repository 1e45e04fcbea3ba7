"""The decision that a command is about, for those who may know of it."""

from __future__ import annotations

from sqlalchemy import select

from intranet.core.policy import NotFound
from intranet.core.transaction import Transaction
from intranet.decisions.models import Decision, DecisionShelf
from intranet.decisions.policy import may_read_decision


def subject(tx: Transaction, number: str) -> tuple[Decision, DecisionShelf]:
    """A decision and its shelf. Raises NotFound, also when the actor may not read it."""
    row = tx.session.execute(
        select(Decision, DecisionShelf)
        .join(DecisionShelf, DecisionShelf.decision_id == Decision.id)
        .where(Decision.number == number)
    ).one_or_none()
    if row is None or not may_read_decision(tx, row.DecisionShelf):
        raise NotFound
    return row.Decision, row.DecisionShelf
