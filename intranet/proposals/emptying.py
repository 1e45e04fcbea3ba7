"""What is left of the wordings of a proposal when their words must be removed."""

from __future__ import annotations

from sqlalchemy import update

from intranet.core.citations import keep_citations
from intranet.core.transaction import Transaction
from intranet.proposals.models import WORDS, ProposalVersion


def empty_wordings(tx: Transaction, proposal_id: int) -> None:
    """Empty all wordings of a proposal, reasons included; numbers, authors and dates stay."""
    versions = update(ProposalVersion).where(ProposalVersion.proposal_id == proposal_id)
    tx.session.execute(versions.values(**WORDS))
    keep_citations(tx.session, "proposal", proposal_id, [])
