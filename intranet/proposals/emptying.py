"""What is left of the wordings of a proposal when their words must be removed."""

from __future__ import annotations

from sqlalchemy import case, select, update

from intranet.core.citations import keep_citations
from intranet.core.transaction import Transaction
from intranet.polls.models import Poll
from intranet.proposals.advised.models import AdvisedDecision
from intranet.proposals.models import WORDS, ProposalVersion
from intranet.proposals.suggestions.models import Suggestion, SuggestionBallot, SuggestionStep
from intranet.proposals.talks.models import Summary


def empty_wordings(tx: Transaction, proposal_id: int) -> None:
    """Empty all wordings of a proposal, reasons and answers to advice included; numbers, authors
    and dates stay."""
    versions = update(ProposalVersion).where(ProposalVersion.proposal_id == proposal_id)
    tx.session.execute(versions.values(**WORDS))
    answered = update(AdvisedDecision).where(AdvisedDecision.proposal_id == proposal_id)
    tx.session.execute(answered.values(answer=""))
    keep_citations(tx.session, "proposal", proposal_id, [])


def empty_suggestions(tx: Transaction, proposal_id: int) -> list[str]:
    """Empty what was suggested about a proposal and the summaries of its discussion: they repeat
    its words. Gives the digests of the texts that votes among suggestions were about."""
    own = Suggestion.proposal_id == proposal_id
    steps = SuggestionStep.suggestion_id.in_(select(Suggestion.id).where(own))
    tx.session.execute(update(SuggestionStep).where(steps).values(changes="[]", because=""))
    declined = case((Suggestion.declined_because.is_not(None), ""))
    tx.session.execute(
        update(Suggestion).where(own).values(changes="[]", reason="", declined_because=declined)
    )
    said = update(Summary).where(Summary.proposal_id == proposal_id)
    tx.session.execute(said.values(text="", html=""))
    voted = (
        select(Poll.text_digest)
        .join(SuggestionBallot, SuggestionBallot.poll_id == Poll.id)
        .where(SuggestionBallot.proposal_id == proposal_id)
    )
    return sorted(set(tx.session.scalars(voted)))
