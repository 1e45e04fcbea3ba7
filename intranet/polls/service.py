"""Voting, and writing down how to decide."""

from __future__ import annotations

import secrets
from collections.abc import Mapping

from sqlalchemy import select, update

from intranet.core.policy import Conflict, Invalid, NotFound
from intranet.core.transaction import Transaction
from intranet.polls import counting, sealing, writing
from intranet.polls.events import BallotCast
from intranet.polls.models import OpenBallot, Poll, SealedBallot, Voter
from intranet.polls.policy import may_cast, may_define_procedure
from intranet.polls.procedure_models import NewProcedure as NewProcedure
from intranet.polls.procedure_models import settings_from_form as settings_from_form
from intranet.voting import registry
from intranet.voting.ballot_text import paper_to_text
from intranet.voting.types import Choice, InvalidChoice

LONGEST_REASON = 4000


def cast_ballot(tx: Transaction, poll_id: int, raw: Mapping[str, str]) -> None:
    """Vote, or change one's vote while an open poll lasts.

    Raises NotFound, Refused (not on the roll, closed, secret and already cast), or Invalid when
    the form does not say what the voter wants.
    """
    poll = tx.session.get(Poll, poll_id, with_for_update=True)
    if poll is None:
        raise NotFound
    voter = tx.session.scalars(
        select(Voter).where(Voter.poll_id == poll_id, Voter.person_id == tx.actor.person_id)
    ).one_or_none()
    tx.require(may_cast, poll, voter)
    assert voter is not None  # noqa: S101
    choice = _choice(poll, raw)
    if poll.secret:
        _cast_secretly(tx, poll, voter, choice)
    else:
        _cast_openly(tx, poll, voter, choice)


def _choice(poll: Poll, raw: Mapping[str, str]) -> Choice:
    try:
        choice = _read(poll, raw)
    except InvalidChoice as problem:
        field = "reason" if "reason" in problem.code.value else "option"
        raise Invalid(**{field: problem.code.value}) from problem
    if len(choice.reason) > LONGEST_REASON:
        raise Invalid(reason="reason_too_long")
    return choice


def _read(poll: Poll, raw: Mapping[str, str]) -> Choice:
    """What the form says, as one text. Raises InvalidChoice."""
    method = poll.procedure.method
    if not registry.is_election(method):
        return registry.method(method).read(raw)
    candidates, settings = counting.candidates_of(poll), counting.election_settings(poll)
    paper = registry.election(method).read(raw, candidates, settings)
    return Choice(paper_to_text(paper, candidates), paper.reason)


def _cast_openly(tx: Transaction, poll: Poll, voter: Voter, choice: Choice) -> None:
    voter.has_voted = True
    ballot = OpenBallot(
        poll_id=poll.id,
        voter_id=voter.id,
        option=choice.option,
        reason=choice.reason,
        cast_at=tx.now,
    )
    tx.session.add(ballot)
    tx.session.flush()
    tx.record(BallotCast(poll.id, ballot.id))


def _cast_secretly(tx: Transaction, poll: Poll, voter: Voter, choice: Choice) -> None:
    """Mark the roll and drop the sealed ballot in one act that leaves no event and no moment."""
    marked = tx.session.execute(
        update(Voter)
        .where(Voter.id == voter.id, Voter.has_voted.is_(False))
        .values(has_voted=True)
        .returning(Voter.id)
    ).one_or_none()
    if marked is None:
        raise Conflict("polls.already_voted")
    assert poll.sealing_key is not None  # noqa: S101
    box = sealing.seal(poll.sealing_key, choice)
    tx.session.add(SealedBallot(key=secrets.token_hex(16), poll_id=poll.id, box=box))


def define_procedure(tx: Transaction, new: NewProcedure) -> int:
    """Write the next version of a procedure and give its number.

    Raises Invalid when the name is missing or taken, the body or the method unknown, the hours
    make no sense, a setting promises what the method does not count, a tie is left to someone, or
    the course names what cannot follow; Conflict when somebody wrote another version since the
    one that was changed.
    """
    tx.require(may_define_procedure)
    errors = writing.problems(tx, new)
    if errors:
        raise Invalid(**errors)
    key = writing.key_of(new)
    last = writing.last_version(tx, key)
    if last and not new.key:
        raise Invalid(name="name_taken")
    if new.after_version is not None and new.after_version != last:
        raise Conflict("polls.procedure_changed")
    return writing.write(tx, key, new)
