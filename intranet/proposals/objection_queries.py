"""Objections that wait for one person: those to answer, and answers to one's own."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from intranet.core.transaction import Reader
from intranet.discussions import queries as discussions
from intranet.polls.models import Poll
from intranet.polls.objections.models import Objection
from intranet.polls.objections.queries import Standing
from intranet.proposals.models import Proposal
from intranet.proposals.objection_talks import ObjectionTalk, talks
from intranet.proposals.visibility import visible
from intranet.proposals.workflow import State


@dataclass(frozen=True)
class OpenObjection:
    """An open objection on which somebody else spoke last; `by` is who raised it."""

    proposal_id: int
    title: str
    objection_id: int
    by: str
    reason: str
    closes_at: datetime


def objections_to_answer(reader: Reader) -> list[OpenObjection]:
    """The open objections to the reader's own proposals where the last word is not theirs, the
    most urgent first."""
    me = reader.actor.person_id
    return [
        _waiting(proposal, poll, talk)
        for proposal, poll, talk in _open_talks(reader)
        if proposal.author_id == me and talk.objection.person_id != me and _last(talk) != me
    ]


def answers_to_read(reader: Reader) -> list[OpenObjection]:
    """The reader's own open objections that somebody answered since they last spoke."""
    me = reader.actor.person_id
    return [
        _waiting(proposal, poll, talk)
        for proposal, poll, talk in _open_talks(reader)
        if talk.objection.person_id == me and talk.comments and _last(talk) != me
    ]


def _open_talks(reader: Reader) -> list[tuple[Proposal, Poll, ObjectionTalk]]:
    rows = reader.session.execute(
        select(Proposal, Poll)
        .join(Poll, Poll.id == Proposal.poll_id)
        .where(Proposal.state == State.VOTING, Poll.closes_at > reader.now)
        .where(Poll.id.in_(select(Objection.poll_id)), visible(reader))
        .order_by(Poll.closes_at, Poll.id)
    ).all()
    return [
        (proposal, poll, talk)
        for proposal, poll in rows
        for talk in talks(reader, [poll.id], discussions.comments(reader, "proposal", proposal.id))
        if talk.objection.standing is Standing.OPEN
    ]


def _last(talk: ObjectionTalk) -> int:
    """Who spoke last: whoever raised it, until somebody says a word about it."""
    return talk.comments[-1].author_id if talk.comments else talk.objection.person_id


def _waiting(proposal: Proposal, poll: Poll, talk: ObjectionTalk) -> OpenObjection:
    return OpenObjection(
        proposal_id=proposal.id,
        title=proposal.title,
        objection_id=talk.objection.id,
        by=talk.objection.name,
        reason=talk.objection.reason,
        closes_at=poll.closes_at,
    )
