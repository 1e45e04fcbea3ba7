"""Which version of a proposal somebody has read, as their acts say."""

from __future__ import annotations

from intranet.core.transaction import Transaction
from intranet.proposals.talks.models import LastRead


def keep_read(tx: Transaction, proposal_id: int, number: int) -> None:
    """Remember the version that somebody read or acted on; nobody else is shown it, so no event
    tells it."""
    person_id = tx.actor.person_id
    assert person_id is not None  # noqa: S101
    found = tx.session.get(LastRead, (proposal_id, person_id))
    if found is None:
        found = LastRead(proposal_id=proposal_id, person_id=person_id, number=number, at=tx.now)
        tx.session.add(found)
    found.number, found.at = max(found.number, number), tx.now
