"""Who may vote, when, and who may write procedures."""

from __future__ import annotations

import json

from sqlalchemy import select

from intranet.core.policy import YES, Verdict, no
from intranet.core.transaction import Reader
from intranet.members.statuses import Right
from intranet.polls.models import Poll, PollState, Voter
from intranet.polls.procedure_models import Course


def is_open(poll: Poll, reader: Reader) -> bool:
    """Whether a ballot is accepted now: decided by the clock, not by the worker."""
    return poll.state == PollState.OPEN and poll.opened_at <= reader.now < poll.closes_at


def may_cast(reader: Reader, poll: Poll, voter: Voter | None) -> Verdict:
    """A person on the roll, while the poll is open; once only when the vote is secret."""
    if poll.state == PollState.OPEN and reader.now < poll.opened_at:
        return no("polls.not_open_yet")
    if not is_open(poll, reader):
        return no("polls.closed")
    if voter is None:
        return no("polls.not_on_the_roll")
    if not reader.actor.has(Right.READ):
        return no("polls.no_longer_here")
    if poll.secret and voter.has_voted:
        return no("polls.secret_is_final")
    if voter.has_voted and not _is_revotable(poll):
        return no("polls.vote_is_final")
    return YES


def _is_revotable(poll: Poll) -> bool:
    return Course.from_json(json.loads(poll.procedure.course)).revotable


def may_define_procedure(reader: Reader) -> Verdict:
    """Members with a vote, until the first vote of the cooperative opens: then it is decided."""
    if reader.actor.is_system:
        return YES
    if not reader.actor.has(Right.VOTE):
        return no("polls.only_members_define")
    if reader.session.scalar(select(Poll.id).limit(1)) is not None:
        return no("polls.procedures_are_decided")
    return YES
