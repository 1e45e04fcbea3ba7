"""What the chat room of the cooperative is told: that something is there, never what it says.

Who sits in that room is not known here, so it hears only of what is open to everybody who signs in.
"""

from __future__ import annotations

from intranet.core.actor import Actor
from intranet.core.events import EventRow
from intranet.core.transaction import Reader
from intranet.members.statuses import Audience, Right
from intranet.notices.telling import Line, lines

TOLD = frozenset(
    {
        *("ProposalSubmitted", "VotingOpened", "SecondVoteConvened"),
        *("ProposalAdopted", "ProposalRefused", "RuleCreated", "RuleCameIntoForce"),
    }
)


def as_the_room(look: Reader) -> Reader:
    """Somebody who may read what is open to all, and nothing else."""
    nobody = Actor(None, "", None, frozenset({Right.READ}), frozenset({Audience.OPEN}))
    return Reader(look.session, nobody, look.now)


def line_for_the_room(look: Reader, row: EventRow) -> Line | None:
    """What is said about an event in the room, or None."""
    return lines(as_the_room(look), [row])[0] if row.name in TOLD else None


def is_for_the_room(look: Reader, row: EventRow) -> bool:
    """Whether the room is told of an event."""
    return line_for_the_room(look, row) is not None
