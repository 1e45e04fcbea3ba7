"""The roll of a vote: who may take part, and who did, as far as it may be told."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select

from intranet.core.transaction import Reader
from intranet.members.models import Person
from intranet.polls.models import Poll, PollState, Voter

# Who took part in a secret vote is listed only when the list is too long to guess from.
CROWD = 5


@dataclass(frozen=True)
class VoterLine:
    """A line of the roll."""

    person_id: int
    name: str
    has_voted: bool


def roll_of(reader: Reader, poll_id: int) -> tuple[VoterLine, ...]:
    """The people who may vote, by name."""
    rows = reader.session.execute(
        select(Voter.person_id, Person.name, Voter.has_voted)
        .join(Person, Person.id == Voter.person_id)
        .where(Voter.poll_id == poll_id)
        .order_by(Person.name)
    )
    return tuple(VoterLine(*row) for row in rows)


def shown_roll(poll: Poll, roll: tuple[VoterLine, ...]) -> tuple[VoterLine, ...]:
    """The roll; who took part in a secret vote is told after it, and only in a crowd."""
    voted = sum(line.has_voted for line in roll)
    if not poll.secret or (poll.state == PollState.CLOSED and voted >= CROWD):
        return roll
    return tuple(VoterLine(line.person_id, line.name, has_voted=False) for line in roll)
