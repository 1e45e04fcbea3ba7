"""The votes of one person: where to vote, and the ballots given, for nobody else."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from intranet.core.transaction import Reader
from intranet.polls.models import OpenBallot, Poll, PollState, Procedure, Voter
from intranet.polls.procedure_models import asks_advice
from intranet.voting import registry


@dataclass(frozen=True)
class OwnBallot:
    """One of the reader's ballots: what was chosen, and when."""

    option: str
    reason: str
    at: datetime


def my_ballots(reader: Reader, poll_id: int | None) -> list[OwnBallot]:
    """Every ballot that the reader gave in a vote, the latest first: that one counts.

    A secret vote has none to show: its ballots bear no name.
    """
    rows = reader.session.execute(
        select(OpenBallot.option, OpenBallot.reason, OpenBallot.cast_at)
        .join(Voter, Voter.id == OpenBallot.voter_id)
        .where(OpenBallot.poll_id == poll_id, Voter.person_id == reader.actor.person_id)
        .order_by(OpenBallot.id.desc())
    )
    return [OwnBallot(*row) for row in rows]


@dataclass(frozen=True)
class MyPoll:
    """An open poll on whose roll the reader stands."""

    poll_id: int
    title: str
    origin_kind: str
    origin_id: int
    closes_at: datetime
    has_voted: bool
    secret: bool
    by_proxy: bool
    method: str

    @property
    def asks_advice(self) -> bool:
        """Whether one is asked for advice, and nobody votes."""
        return asks_advice(self.method)


def my_open_polls(reader: Reader) -> list[MyPoll]:
    """The polls where the reader may still vote or change a vote, the most urgent first."""
    rows = reader.session.execute(
        select(
            Poll.id,
            Poll.title,
            Poll.origin_kind,
            Poll.origin_id,
            Poll.closes_at,
            Voter.has_voted,
            Poll.secret,
            Voter.proxy_id.is_not(None),
            Procedure.method,
        )
        .join(Voter, Voter.poll_id == Poll.id)
        .where(Voter.person_id == reader.actor.person_id)
        .where(Poll.state == PollState.OPEN, Poll.closes_at > reader.now)
        .where(Poll.opened_at <= reader.now)
        .join(Procedure, Procedure.id == Poll.procedure_id)
        .where(Procedure.method.not_in(registry.without_ballots()))
        .order_by(Poll.closes_at)
    )
    return [MyPoll(*row) for row in rows]


def is_on_the_roll(reader: Reader, poll_id: int) -> bool:
    """Whether the reader is on the roll of a poll."""
    mine = select(Voter.id).where(
        Voter.poll_id == poll_id, Voter.person_id == reader.actor.person_id
    )
    return reader.session.scalar(mine) is not None
