"""Who may vote, when, and who may write procedures."""

from __future__ import annotations

import json

from sqlalchemy import select

from intranet.core.policy import YES, Verdict, no
from intranet.core.transaction import Reader
from intranet.members import queries as members
from intranet.members.statuses import Right
from intranet.polls import electorates
from intranet.polls.facts import AnyLine, AnyPoll
from intranet.polls.models import Poll, PollState
from intranet.polls.procedure_models import Course, draws_lots


def is_open(poll: AnyPoll, reader: Reader) -> bool:
    """Whether a ballot is accepted now: decided by the clock, not by the worker."""
    return poll.state == PollState.OPEN and poll.opened_at <= reader.now < poll.closes_at


def may_cast(reader: Reader, poll: AnyPoll, voter: AnyLine | None) -> Verdict:
    """A person on the roll, while the poll is open; once only when the vote is secret."""
    if poll.state == PollState.OPEN and reader.now < poll.opened_at:
        return no("polls.not_open_yet")
    if not is_open(poll, reader):
        return no("polls.closed")
    if draws_lots(poll.procedure.method):
        return no("polls.nobody_votes_in_a_draw")
    if voter is None:
        return _not_on_the_roll(reader, poll)
    if not reader.actor.has(Right.READ):
        return no("polls.no_longer_here")
    if poll.secret and voter.has_voted and voter.proxy_id is not None:
        return no("polls.holder_has_voted")
    if poll.secret and voter.has_voted:
        return no("polls.secret_is_final")
    gave_it_in_person = voter.has_voted and voter.proxy_id is None
    if gave_it_in_person and not is_revotable(poll):
        return no("polls.vote_is_final")
    return YES


def is_revotable(poll: AnyPoll) -> bool:
    """Whether an open ballot may be replaced until the end, as the procedure says."""
    return Course.from_json(json.loads(poll.procedure.course)).revotable


def _not_on_the_roll(reader: Reader, poll: AnyPoll) -> Verdict:
    """Whoever would be asked today came too late for this vote; the others were never asked."""
    procedure = poll.procedure
    today = electorates.people(
        reader, procedure.electorate, procedure.body_id, members.today(reader)
    )
    if reader.actor.person_id in {person.id for person in today}:
        return no("polls.came_after_the_opening")
    return no("polls.not_on_the_roll")


def may_define_procedure(reader: Reader) -> Verdict:
    """Members with a vote, until the first vote of the cooperative opens: then it is decided."""
    if reader.actor.is_system:
        return YES
    if not reader.actor.has(Right.VOTE):
        return no("polls.only_members_define")
    if reader.session.scalar(select(Poll.id).limit(1)) is not None:
        return no("polls.procedures_are_decided")
    return YES
