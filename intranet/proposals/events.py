"""What happens to proposals."""

from __future__ import annotations

from dataclasses import dataclass

from intranet.core.events import Event


@dataclass(frozen=True)
class ProposalDrafted(Event):
    """Somebody began to write a proposal."""

    proposal_id: int


@dataclass(frozen=True)
class ProposalSubmitted(Event):
    """A proposal was shown to the others for discussion."""

    proposal_id: int


@dataclass(frozen=True)
class ProposalReworded(Event):
    """A proposal got a new wording."""

    proposal_id: int
    number: int


@dataclass(frozen=True)
class ProposalCommented(Event):
    """Somebody commented on a proposal."""

    proposal_id: int
    comment_id: int


@dataclass(frozen=True)
class ObjectionAnswered(Event):
    """Somebody answered an objection, or its author added a word to it."""

    proposal_id: int
    objection_id: int
    comment_id: int


@dataclass(frozen=True)
class VotingOpened(Event):
    """A proposal was put to the vote."""

    proposal_id: int
    poll_id: int


@dataclass(frozen=True)
class VotingEnded(Event):
    """A vote was ended without a decision: to go on talking, or annulled."""

    proposal_id: int
    poll_id: int
    step: str


@dataclass(frozen=True)
class ProposalAdopted(Event):
    """A proposal was adopted and entered in the register."""

    proposal_id: int
    decision_number: str


@dataclass(frozen=True)
class ProposalRefused(Event):
    """A vote ended without adoption: rejected, or lapsed for want of a quorum."""

    proposal_id: int
    step: str


@dataclass(frozen=True)
class ProposalWithdrawn(Event):
    """The author, or a member in the place of one who has left, took a proposal back."""

    proposal_id: int


@dataclass(frozen=True)
class SecondVoteConvened(Event):
    """A vote without a decision is followed by a second one, on the same text."""

    proposal_id: int
    after_poll_id: int
    second_poll_id: int


@dataclass(frozen=True)
class ProposalEscalated(Event):
    """A text not adopted goes back to discussion, under the procedure of a wider body."""

    proposal_id: int
    procedure_key: str


@dataclass(frozen=True)
class OpeningPlanned(Event):
    """The author said when the vote opens; an instant in ISO 8601."""

    proposal_id: int
    opens_at: str


@dataclass(frozen=True)
class OpeningUnplanned(Event):
    """A planned opening was given up."""

    proposal_id: int


@dataclass(frozen=True)
class OpeningMissed(Event):
    """A planned opening could not take place: something was missing."""

    proposal_id: int
    issue: str
