"""What may come after a vote that decided nothing: more time, or a second convocation."""

from __future__ import annotations

import json
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from intranet.core import clock
from intranet.core.transaction import Reader, Transaction
from intranet.members import queries as members
from intranet.polls.counting import last_ballots, reduced_voices, registered
from intranet.polls.events import PollCancelled, PollExtended, VoteEndsSoon
from intranet.polls.facts import ProcedureFacts
from intranet.polls.models import (
    OpenBallot,
    Poll,
    PollState,
    Procedure,
    SealedBallot,
    SecondRound,
    Voter,
)
from intranet.polls.objections.following import carry
from intranet.polls.objections.standing import voters_who_lifted
from intranet.polls.procedure_models import (
    Course,
    SecondIf,
    Tied,
    election_of,
    offers_the_same,
    settings_from,
)
from intranet.voting import registry
from intranet.voting.quorum import quorum_of
from intranet.voting.types import Result, Setting, TieRule

SOON = timedelta(hours=24)
LATE = timedelta(hours=1)


@dataclass(frozen=True)
class Earlier:
    """The vote that another one follows, and whether its ballots count; `was_tied` says that the
    other one is not a second convocation but a new round after a tie."""

    poll_id: int
    kept: bool
    was_tied: bool = False


def earlier(reader: Reader, poll_id: int) -> Earlier | None:
    """The vote that this one follows, if it is a second convocation."""
    found = reader.session.execute(
        select(SecondRound, Poll)
        .join(Poll, Poll.id == SecondRound.after_id)
        .where(SecondRound.poll_id == poll_id)
    ).one_or_none()
    if found is None:
        return None
    again = found[1].result == Result.TIED and votes_again(reader, found[1].id)
    return Earlier(found[1].id, found[0].kept, again)


def course(procedure: Procedure | ProcedureFacts) -> Course:
    """How votes under a version of a procedure run."""
    return Course.from_json(json.loads(procedure.course))


def can_close_early(reader: Reader, poll_id: int) -> bool:
    """Whether the procedure of a vote lets it be counted once everybody has voted."""
    return course(reader.session.get_one(Poll, poll_id).procedure).early_close


def quorum_is_missed(session: Session, poll: Poll) -> bool:
    """Whether too few people took part, told from the roll alone: no ballot is opened for it."""
    settings, _election = settings_from(poll.procedure.method, json.loads(poll.procedure.settings))
    if Setting.QUORUM not in registry.settings_read(poll.procedure.method):
        return False
    who_voted = select(Voter.is_external).where(Voter.poll_id == poll.id, Voter.has_voted)
    taken_part, voices = session.scalars(who_voted).all(), reduced_voices(session, poll)
    given = sum(voices.parts(one) for one in taken_part) if voices else len(taken_part)
    return not quorum_of(settings.quorum, registered(session, poll), given).is_met


def extend(tx: Transaction, poll_id: int) -> bool:
    """Make a vote longer when its quorum was missed and its procedure says so; tells whether.

    Once for each vote, from its closing time by the cooperative's clock. Nothing was counted and
    no result is known; the journal keeps both closing times.
    """
    poll = tx.session.get_one(Poll, poll_id, with_for_update=True)
    hours = course(poll.procedure).extension_hours
    over = poll.state == PollState.OPEN and poll.closes_at <= tx.now
    if not over or not hours or poll.extended_from or not quorum_is_missed(tx.session, poll):
        return False
    # After a long stop of the worker the time is given from now, or nobody could use it.
    start = poll.closes_at if tx.now - poll.closes_at < LATE else tx.now.replace(microsecond=0)
    zone = members.cooperative(tx.session).zone
    poll.extended_from = poll.closes_at
    poll.closes_at = clock.same_wall_time_after(start, hours, zone)
    tx.record(
        PollExtended(
            poll.id,
            poll.origin_kind,
            poll.origin_id,
            poll.extended_from.isoformat(),
            poll.closes_at.isoformat(),
        )
    )
    return True


def second_procedure(reader: Reader, poll_id: int, result: Result) -> Procedure | None:
    """The procedure of the second convocation that follows this result, if one does.

    It is the version that stood when the first vote opened; one that was out of use then, or that
    belongs to another body or to weaker ranks of rules, is none.
    """
    poll = reader.session.get_one(Poll, poll_id)
    first, rule = poll.procedure, course(poll.procedure)
    wanted = {Result.NO_QUORUM} if rule.second_if is SecondIf.NO_QUORUM else set(Result)
    if not rule.second or result not in wanted - {Result.ADOPTED}:
        return None
    found = reader.session.scalars(
        select(Procedure)
        .where(Procedure.key == rule.second, Procedure.created_at <= poll.opened_at)
        .order_by(Procedure.version.desc())
        .limit(1)
    ).one_or_none()
    if found is None or found.retired or found.body_id != first.body_id:
        return None
    if registry.is_election(found.method) is not registry.is_election(first.method):
        return None
    return found if set(first.layers.split()) <= set(found.layers.split()) else None


def votes_again(reader: Reader, poll_id: int) -> bool:
    """Whether the procedure of a tied vote has the same people vote another time."""
    procedure = reader.session.get_one(Poll, poll_id).procedure
    settings, election = settings_from(procedure.method, json.loads(procedure.settings))
    if election is None:
        return settings.tie is TieRule.NEW_ROUND
    return course(procedure).tied is Tied.RUNOFF


def ballots_are_kept(poll: Poll, second: Procedure) -> bool:
    """Whether the ballots of a vote without a quorum count in the second one."""
    first = poll.procedure
    ballots = [election_of(one.method, one.settings) for one in (first, second)]
    same = offers_the_same(first.method, second.method, *ballots)
    return course(first).keeps_votes and same and first.secret == second.secret


def put_aside(tx: Transaction, poll: Poll) -> list[int]:
    """End a vote without opening its ballots, to keep them for a second one; gives its roll.

    The ballots are not counted: a first result would be a partial result of the second vote.
    """
    poll.state, poll.closed_at = PollState.CANCELLED, tx.now
    poll.result = Result.NO_QUORUM
    tx.session.flush()
    tx.record(PollCancelled(poll.id, poll.origin_kind, poll.origin_id))
    return roll_numbers(tx, poll.id)


def roll_numbers(reader: Reader, poll_id: int) -> list[int]:
    """The numbers of the people on a roll."""
    return list(reader.session.scalars(select(Voter.person_id).where(Voter.poll_id == poll_id)))


def follow(tx: Transaction, earlier_id: int, poll_id: int, kept: bool) -> None:
    """Say that a poll is the second convocation of another, and move kept ballots into it."""
    tx.session.add(SecondRound(poll_id=poll_id, after_id=earlier_id, kept=kept))
    if not kept:
        return
    earlier_roll = tx.session.scalars(select(Voter).where(Voter.poll_id == earlier_id))
    marks = {line.person_id: line for line in earlier_roll}
    voters = tx.session.scalars(select(Voter).where(Voter.poll_id == poll_id)).all()
    for voter in voters:
        voter.has_voted = marks[voter.person_id].has_voted
        voter.proxy_id = marks[voter.person_id].proxy_id
    tx.session.flush()
    _copy_open_ballots(tx, earlier_id, voters)
    _move_sealed_ballots(tx, earlier_id, poll_id)


def _copy_open_ballots(tx: Transaction, earlier_id: int, voters: Sequence[Voter]) -> None:
    of_person = {voter.person_id: voter for voter in voters}
    lifted = voters_who_lifted(tx.session, earlier_id)
    for ballot, person_id in last_ballots(tx.session, earlier_id):
        voter = of_person[person_id]
        copy = OpenBallot(
            poll_id=voter.poll_id,
            voter_id=voter.id,
            option=ballot.option,
            reason=ballot.reason,
            cast_at=ballot.cast_at,
            proxy_id=ballot.proxy_id,
        )
        tx.session.add(copy)
        tx.session.flush()
        carry(tx, tx.session.get_one(Poll, voter.poll_id), copy, ballot.voter_id in lifted)


def _move_sealed_ballots(tx: Transaction, earlier_id: int, poll_id: int) -> None:
    """The sealed boxes go over unopened, under new random keys."""
    boxes = tx.session.scalars(select(SealedBallot.box).where(SealedBallot.poll_id == earlier_id))
    tx.session.add_all(
        SealedBallot(key=secrets.token_hex(16), poll_id=poll_id, box=box) for box in boxes.all()
    )
    tx.session.flush()
    tx.session.execute(delete(SealedBallot).where(SealedBallot.poll_id == earlier_id))


def reminder_at(opened_at: datetime, closes_at: datetime) -> datetime:
    """When those who have not voted are reminded: a day before the end, or at half of the time
    when the vote lasts less than two days."""
    return max(closes_at - SOON, opened_at + (closes_at - opened_at) / 2)


def to_remind(reader: Reader) -> list[int]:
    """The open votes whose moment of reminding has come."""
    rows = reader.session.execute(
        select(Poll.id, Poll.opened_at, Poll.closes_at)
        .where(Poll.state == PollState.OPEN, Poll.reminded_at.is_(None))
        .where(Poll.opened_at <= reader.now, Poll.closes_at > reader.now)
    )
    return [number for number, *times in rows if reminder_at(*times) <= reader.now]


def remind(tx: Transaction, poll_id: int) -> bool:
    """Say once that a vote ends soon; tells whether it was to be said.

    The event names nobody: `yet_to_vote` says who is reminded when the message goes out.
    """
    poll = tx.session.get_one(Poll, poll_id, with_for_update=True)
    if poll.id not in to_remind(tx):
        return False
    poll.reminded_at = tx.now
    if yet_to_vote(tx, poll_id):
        tx.record(VoteEndsSoon(poll.id, poll.origin_kind, poll.origin_id))
    return True


def yet_to_vote(reader: Reader, poll_id: int) -> list[int]:
    """The people on the roll of an open vote who have not voted: never anybody else."""
    query = (
        select(Voter.person_id)
        .join(Poll, Poll.id == Voter.poll_id)
        .join(Procedure, Procedure.id == Poll.procedure_id)
        .where(Poll.id == poll_id, Poll.state == PollState.OPEN, Voter.has_voted.is_(False))
        .where(Procedure.method.not_in(registry.without_ballots()))
        .order_by(Voter.person_id)
    )
    return list(reader.session.scalars(query))
