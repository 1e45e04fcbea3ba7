"""What waits for one person: votes to give, and boxes to open."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select

from intranet.core.transaction import Reader
from intranet.members.statuses import Right
from intranet.polls import own_queries as polls
from intranet.polls import procedure_queries as procedures
from intranet.polls.advice import queries as advice
from intranet.polls.advice.queries import AskedAdvice
from intranet.polls.own_queries import MyPoll
from intranet.polls.procedure_models import Custody
from intranet.polls.proxies import queries as proxies
from intranet.polls.proxies.queries import VoiceToGive
from intranet.polls.tellers import queries as tellers
from intranet.polls.tellers.queries import AwaitedWords
from intranet.proposals.advised import queries as answers
from intranet.proposals.advised.queries import AwaitedAnswer
from intranet.proposals.models import ORIGINS, Proposal
from intranet.proposals.queries import titles
from intranet.proposals.workflow import State


@dataclass(frozen=True)
class TellersWanted:
    """A proposal whose secret vote cannot open before more tellers are found."""

    proposal_id: int
    title: str
    missing: int


def votes_to_give(reader: Reader) -> list[MyPoll]:
    """The open polls on whose roll the reader stands, on proposals they may read."""
    mine = polls.my_open_polls(reader)
    known = titles(reader, {poll.origin_id for poll in mine})
    return [poll for poll in mine if poll.origin_kind in ORIGINS and poll.origin_id in known]


def voices_to_give(reader: Reader) -> list[VoiceToGive]:
    """The voices of others that the reader may give now, on proposals they may read."""
    carried = proxies.to_use(reader)
    known = titles(reader, {voice.origin_id for voice in carried})
    return [v for v in carried if v.origin_kind in ORIGINS and v.origin_id in known]


def advice_to_give(reader: Reader) -> list[AskedAdvice]:
    """The votes on which the reader was asked for advice, on proposals they may read."""
    asked = advice.awaited(reader)
    known = titles(reader, {one.origin_id for one in asked})
    return [one for one in asked if one.origin_kind in ORIGINS and one.origin_id in known]


def answers_to_give(reader: Reader) -> list[AwaitedAnswer]:
    """The proposals of the reader on which advice was given and which they have not decided."""
    me = reader.actor.person_id
    asked = answers.awaited(reader, [me]) if me is not None else []
    return [one for one in asked if reader.now < one.answer_by]


def words_to_give(reader: Reader) -> list[AwaitedWords]:
    """The votes whose box waits for the words of the reader, on proposals they may read."""
    asked = tellers.words_awaited(reader)
    known = titles(reader, {one.origin_id for one in asked})
    return [one for one in asked if one.origin_kind in ORIGINS and one.origin_id in known]


def tellers_wanted(reader: Reader) -> list[TellersWanted]:
    """The proposals under discussion that the reader could be a teller of: nobody who has no vote
    is asked, nor for a vote that has its tellers."""
    if not reader.actor.has(Right.VOTE):
        return []
    keys = [
        card.key for card in procedures.procedures(reader) if card.course.custody is Custody.TELLERS
    ]
    if not keys:
        return []
    query = select(Proposal.id).where(
        Proposal.state == State.DISCUSSION, Proposal.procedure_key.in_(keys)
    )
    known = titles(reader, set(reader.session.scalars(query)))
    missing = tellers.short_of_tellers(reader, "proposal", known)
    return [TellersWanted(number, known[number], missing[number]) for number in sorted(missing)]
