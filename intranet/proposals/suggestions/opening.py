"""What is still open about the text when a proposal goes to the vote."""

from __future__ import annotations

from intranet.core.transaction import Reader, Transaction
from intranet.proposals.kinds.kind import Issue
from intranet.proposals.models import Proposal
from intranet.proposals.suggestions import standing
from intranet.proposals.suggestions.moving import Because, move
from intranet.proposals.suggestions.workflow import State


def issues(reader: Reader, proposal: Proposal) -> list[Issue]:
    """Votes on suggestions to wait for, and suggestions that wait for an answer."""
    found = []
    if standing.has_open_ballot(reader, proposal.id):
        found.append(Issue("suggestions_under_vote"))
    waiting = standing.unanswered(reader, proposal.id)
    if waiting:
        found.append(Issue("suggestions_waiting", {"waiting": waiting}))
    return found


def let_fall(tx: Transaction, proposal: Proposal) -> None:
    """The text is frozen: suggestions that the author declined, and that nobody put to the vote,
    are refused with the author's reason."""
    for suggestion in standing.live(tx, proposal.id):
        if suggestion.state == State.PROPOSED:
            move(tx, suggestion, "fall", Because(suggestion.declined_because or ""))
