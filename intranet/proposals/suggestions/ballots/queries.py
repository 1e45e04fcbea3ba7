"""Votes among suggestions as their page shows them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select

from intranet.core import clock
from intranet.core.policy import NotFound, Verdict
from intranet.core.transaction import Reader
from intranet.members import queries as members
from intranet.polls import queries as polls
from intranet.polls.models import Poll
from intranet.polls.procedure_queries import ProcedureCard
from intranet.polls.proxies import voice_queries
from intranet.polls.proxies.voice_queries import Voices
from intranet.polls.queries import PollCard
from intranet.proposals import queries as proposals
from intranet.proposals.suggestions.ballots.ways import ways_to_choose
from intranet.proposals.suggestions.models import SuggestionBallot
from intranet.proposals.suggestions.policy import may_call_off, may_count_suggestions
from intranet.proposals.suggestions.queries import BallotLine, SuggestionCard, suggested


@dataclass(frozen=True)
class BallotPage:
    """A vote among suggestions: the suggestions on it, the vote, and what this reader may do."""

    proposal_id: int
    title: str
    line: BallotLine
    cards: tuple[SuggestionCard, ...]
    poll: PollCard
    voices: Voices
    may_count: Verdict
    may_call_off: Verdict


def require(reader: Reader, proposal_id: int, ballot_id: int) -> SuggestionBallot:
    """A vote among suggestions about this proposal. Raises NotFound for any other."""
    row = reader.session.get(SuggestionBallot, ballot_id)
    if row is None or row.proposal_id != proposal_id:
        raise NotFound
    return row


def ballot_page(reader: Reader, proposal_id: int, ballot_id: int) -> BallotPage:
    """The page of a vote among suggestions. Raises NotFound."""
    proposal = proposals.known(reader, proposal_id)
    row = require(reader, proposal_id, ballot_id)
    told = suggested(reader, proposal_id)
    line = next(one for one in told.ballots if one.id == ballot_id)
    return BallotPage(
        proposal_id=proposal_id,
        title=proposal.title,
        line=line,
        cards=tuple(told.card(number) for number in line.numbers),
        poll=polls.poll(reader, row.poll_id),
        voices=voice_queries.voices(reader, row.poll_id),
        may_count=may_count_suggestions(reader, row),
        may_call_off=may_call_off(reader, proposal, row),
    )


def ballot_of_poll(reader: Reader, poll_id: int) -> tuple[int, int]:
    """The proposal and the ballot of a vote among suggestions. Raises NotFound for other votes."""
    query = select(SuggestionBallot.proposal_id, SuggestionBallot.id)
    row = reader.session.execute(query.where(SuggestionBallot.poll_id == poll_id)).one_or_none()
    if row is None:
        raise NotFound
    return row[0], row[1]


def due(reader: Reader) -> list[int]:
    """The votes among suggestions whose time is over and that wait to be counted."""
    query = (
        select(SuggestionBallot.id)
        .join(Poll, Poll.id == SuggestionBallot.poll_id)
        .where(SuggestionBallot.outcome == "", Poll.closes_at <= reader.now)
        .order_by(Poll.closes_at)
    )
    return list(reader.session.scalars(query))


@dataclass(frozen=True)
class Asking:
    """What can be chosen when suggestions are put to the vote, and an end that would do."""

    ways: tuple[ProcedureCard, ...]
    closes_at: datetime


def asking(reader: Reader, proposal_id: int) -> Asking:
    """The procedures that fit, and an end of day that leaves the time of the first of them."""
    ways = ways_to_choose(reader, proposals.known(reader, proposal_id))
    zone = members.cooperative(reader.session).zone
    hours = max([24, *(card.min_voting_hours for card in ways)])
    closes = clock.same_wall_time_after(reader.now, hours, zone).astimezone(zone)
    evening = closes.replace(hour=18, minute=0, second=0, microsecond=0)
    chosen = evening if evening >= closes else evening + timedelta(days=1)
    return Asking(tuple(ways), chosen)
