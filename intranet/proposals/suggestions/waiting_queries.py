"""Suggestions that wait for one person to answer."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import func, select

from intranet.core.transaction import Reader
from intranet.proposals.models import Proposal
from intranet.proposals.suggestions.models import Suggestion
from intranet.proposals.suggestions.workflow import State
from intranet.proposals.visibility import visible
from intranet.proposals.workflow import State as ProposalState


@dataclass(frozen=True)
class ToAnswer:
    """A proposal of the reader, with how many suggestions wait for their word."""

    proposal_id: int
    title: str
    waiting: int


def suggestions_to_answer(reader: Reader) -> list[ToAnswer]:
    """The reader's own proposals under discussion with suggestions that they have not answered."""
    query = (
        select(Proposal.id, Proposal.title, func.count())
        .join(Suggestion, Suggestion.proposal_id == Proposal.id)
        .where(Proposal.author_id == reader.actor.person_id, visible(reader))
        .where(Proposal.state == ProposalState.DISCUSSION)
        .where(Suggestion.state == State.PROPOSED, Suggestion.declined_because.is_(None))
        .group_by(Proposal.id, Proposal.title)
        .order_by(Proposal.id)
    )
    return [ToAnswer(*row) for row in reader.session.execute(query)]
