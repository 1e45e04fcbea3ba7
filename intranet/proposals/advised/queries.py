"""Decisions of one person after advice, as pages show them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from intranet.core import clock
from intranet.core.transaction import Reader
from intranet.members import queries as members
from intranet.members.models import Person
from intranet.polls.models import Poll, PollState, Procedure
from intranet.proposals.advised.models import AdvisedDecision, Choice
from intranet.proposals.models import Proposal
from intranet.proposals.workflow import State
from intranet.voting.methods.advice_process import METHOD

HOURS_TO_ANSWER = 14 * 24
"""How long the author has to decide, from the count of the advice."""


@dataclass(frozen=True)
class AnswerCard:
    """What somebody decided after advice, and how they answered it."""

    poll_id: int
    person_id: int
    name: str
    choice: str
    answer: str
    at: datetime


@dataclass(frozen=True)
class AwaitedAnswer:
    """A proposal on which advice was given and whose author has not decided yet."""

    proposal_id: int
    title: str
    answer_by: datetime


def answers(reader: Reader, proposal_id: int) -> list[AnswerCard]:
    """What was decided each time advice was asked on a proposal, the first one first."""
    columns = (
        AdvisedDecision.poll_id,
        AdvisedDecision.person_id,
        Person.name,
        AdvisedDecision.choice,
        AdvisedDecision.answer,
        AdvisedDecision.at,
    )
    rows = reader.session.execute(
        select(*columns)
        .join(Person, Person.id == AdvisedDecision.person_id)
        .where(AdvisedDecision.proposal_id == proposal_id)
        .order_by(AdvisedDecision.id)
    )
    return [AnswerCard(*row) for row in rows]


def adopting_answer(reader: Reader, proposal_id: int | None) -> AnswerCard | None:
    """The answer with which an author adopted a text alone, after advice; None of any other."""
    given = answers(reader, proposal_id) if proposal_id else []
    return next((one for one in given if one.choice == Choice.ADOPT), None)


def awaits_answer(reader: Reader, poll_id: int) -> bool:
    """Whether advice was counted and the person who asked for it has not decided."""
    poll = reader.session.get_one(Poll, poll_id)
    if poll.state != PollState.CLOSED or poll.procedure.method != METHOD.key:
        return False
    given = select(AdvisedDecision.id).where(AdvisedDecision.poll_id == poll_id)
    return reader.session.scalar(given) is None


def answer_by(reader: Reader, closed_at: datetime) -> datetime:
    """Until when the author may decide: after that the proposal lapses."""
    zone = members.cooperative(reader.session).zone
    return clock.same_wall_time_after(closed_at, HOURS_TO_ANSWER, zone)


def awaited(reader: Reader, authors: Iterable[int] | None = None) -> list[AwaitedAnswer]:
    """The proposals that wait for the decision of these authors, of all of them when None; those
    that wait longest first."""
    query = (
        select(Proposal.id, Proposal.title, Poll.closed_at)
        .join(Poll, Poll.id == Proposal.poll_id)
        .join(Procedure, Procedure.id == Poll.procedure_id)
        .where(Proposal.state == State.VOTING, Poll.state == PollState.CLOSED)
        .where(Procedure.method == METHOD.key)
        .order_by(Poll.closed_at)
    )
    if authors is not None:
        query = query.where(Proposal.author_id.in_(list(authors)))
    return [
        AwaitedAnswer(number, title, answer_by(reader, closed_at))
        for number, title, closed_at in reader.session.execute(query)
        if closed_at
    ]
