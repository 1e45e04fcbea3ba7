"""What happens to suggested changes of a proposal."""

from __future__ import annotations

from dataclasses import dataclass

from intranet.core.events import Event


@dataclass(frozen=True)
class ChangeSuggested(Event):
    """Somebody suggested a change to the text of a proposal."""

    proposal_id: int
    suggestion_number: int


@dataclass(frozen=True)
class SuggestionMoved(Event):
    """A suggestion took a step: accepted, declined, withdrawn, overtaken…"""

    proposal_id: int
    suggestion_number: int
    step: str


@dataclass(frozen=True)
class SuggestionsPutToVote(Event):
    """Suggestions that change the same paragraph were put on one ballot."""

    proposal_id: int
    ballot_id: int


@dataclass(frozen=True)
class SuggestionsDecided(Event):
    """A ballot among suggestions ended; `outcome` as its model says."""

    proposal_id: int
    ballot_id: int
    outcome: str
