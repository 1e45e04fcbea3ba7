"""What is open about the text of a proposal: for the permissions and checks of proposals."""

from __future__ import annotations

import json
from collections.abc import Sequence

from sqlalchemy import func, select

from intranet.core.block_changes import BlockChange
from intranet.core.transaction import Reader
from intranet.proposals.suggestions.models import Suggestion, SuggestionBallot
from intranet.proposals.suggestions.placing import TextChange
from intranet.proposals.suggestions.workflow import LIVE, State


def changes_of(suggestion: Suggestion) -> tuple[BlockChange, ...]:
    """The block changes that a suggestion asks for."""
    return tuple(BlockChange.from_json(change) for change in json.loads(suggestion.changes))


def asked_of(suggestion: Suggestion) -> TextChange:
    """The block changes with the text that they are about."""
    return TextChange(suggestion.page_id, changes_of(suggestion))


def has_open_ballot(reader: Reader, proposal_id: int) -> bool:
    """Whether people are voting on suggestions about this proposal."""
    found = select(SuggestionBallot.id).where(
        SuggestionBallot.proposal_id == proposal_id, SuggestionBallot.outcome == ""
    )
    return reader.session.scalar(found.limit(1)) is not None


def unanswered(reader: Reader, proposal_id: int) -> int:
    """How many suggestions wait for a word of the author of the proposal."""
    query = select(func.count()).where(
        Suggestion.proposal_id == proposal_id,
        Suggestion.state == State.PROPOSED,
        Suggestion.declined_because.is_(None),
    )
    return reader.session.scalar(query) or 0


def live(reader: Reader, proposal_id: int) -> Sequence[Suggestion]:
    """The suggestions from which something is still expected, by number."""
    states = [state.value for state in LIVE]
    return reader.session.scalars(
        select(Suggestion)
        .where(Suggestion.proposal_id == proposal_id, Suggestion.state.in_(states))
        .order_by(Suggestion.number)
    ).all()
