"""What waits for one person: votes to give, objections to answer, proposals to move on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from intranet.core.transaction import Reader
from intranet.members.models import Person
from intranet.polls import queries as polls
from intranet.polls.advice import queries as advice
from intranet.polls.advice.queries import AskedAdvice
from intranet.polls.models import OpenBallot, Poll, PollState, Voter
from intranet.polls.proxies import queries as proxies
from intranet.polls.proxies.queries import VoiceToGive
from intranet.polls.queries import MyPoll
from intranet.proposals.models import Proposal
from intranet.proposals.queries import titles
from intranet.proposals.visibility import visible
from intranet.proposals.workflow import State


@dataclass(frozen=True)
class OpenObjection:
    """An objection to one of my proposals that nobody has lifted yet."""

    proposal_id: int
    title: str
    by: str
    reason: str
    closes_at: datetime


def votes_to_give(reader: Reader) -> list[MyPoll]:
    """The open polls on whose roll the reader stands, on proposals they may read."""
    mine = polls.my_open_polls(reader)
    known = titles(reader, {poll.origin_id for poll in mine})
    return [poll for poll in mine if poll.origin_kind == "proposal" and poll.origin_id in known]


def voices_to_give(reader: Reader) -> list[VoiceToGive]:
    """The voices of others that the reader may give now, on proposals they may read."""
    carried = proxies.to_use(reader)
    known = titles(reader, {voice.origin_id for voice in carried})
    return [v for v in carried if v.origin_kind == "proposal" and v.origin_id in known]


def advice_to_give(reader: Reader) -> list[AskedAdvice]:
    """The votes on which the reader was asked for advice, on proposals they may read."""
    asked = advice.awaited(reader)
    known = titles(reader, {one.origin_id for one in asked})
    return [one for one in asked if one.origin_kind == "proposal" and one.origin_id in known]


def objections_to_answer(reader: Reader) -> list[OpenObjection]:
    """The objections that stand against the reader's own proposals, the most urgent first."""
    last = (
        select(func.max(OpenBallot.id))
        .join(Poll, Poll.id == OpenBallot.poll_id)
        .where(Poll.state == PollState.OPEN)
        .group_by(OpenBallot.voter_id)
    )
    rows = reader.session.execute(
        select(Proposal.id, Proposal.title, Person.name, OpenBallot.reason, Poll.closes_at)
        .join(Poll, Poll.id == Proposal.poll_id)
        .join(OpenBallot, OpenBallot.poll_id == Poll.id)
        .join(Voter, Voter.id == OpenBallot.voter_id)
        .join(Person, Person.id == Voter.person_id)
        .where(Proposal.author_id == reader.actor.person_id, Proposal.state == State.VOTING)
        .where(visible(reader))
        .where(OpenBallot.id.in_(last), OpenBallot.option == "objection")
        .where(Poll.closes_at > reader.now)
        .order_by(Poll.closes_at, OpenBallot.id)
    )
    return [OpenObjection(*row) for row in rows]
