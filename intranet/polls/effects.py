"""Opening, counting and cancelling polls, for the rooms that ask people to decide."""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, func, select

from intranet.core.events import canonical
from intranet.core.policy import Conflict
from intranet.core.texts import keep_text
from intranet.core.transaction import Transaction
from intranet.polls import sealing
from intranet.polls.events import PollCancelled, PollClosed, PollOpened
from intranet.polls.models import (
    CountedBallot,
    OpenBallot,
    Poll,
    PollState,
    Procedure,
    SealedBallot,
    Voter,
)
from intranet.voting import registry
from intranet.voting.outcome import Outcome
from intranet.voting.settings import Settings
from intranet.voting.types import CastBallot, Choice, Electorate


@dataclass(frozen=True)
class Opening:
    """One round of voting to open: on what text, under which procedure, for whom, until when."""

    origin_kind: str
    origin_id: int
    title: str
    text: str
    procedure_id: int
    voters: Sequence[int]
    closes_at: datetime


def frozen_procedure(procedure: Procedure) -> dict[str, object]:
    """The procedure as it is copied into a poll and into the register."""
    return {
        "key": procedure.key,
        "version": procedure.version,
        "name": procedure.name,
        "method": procedure.method,
        "settings": json.loads(procedure.settings),
        "secret": procedure.secret,
    }


def _digest(*parts: object) -> str:
    return hashlib.sha256(canonical(parts).encode()).hexdigest()


def open_poll(tx: Transaction, opening: Opening) -> int:
    """Freeze text, procedure and electorate, and open the box. Gives the poll's number.

    Raises Conflict when nobody could vote.
    """
    voters = sorted(set(opening.voters))
    if not voters:
        raise Conflict("polls.nobody_votes")
    procedure = tx.session.get_one(Procedure, opening.procedure_id)
    text_digest = keep_text(tx.session, opening.text)
    electorate_digest = _digest(voters)
    poll = Poll(
        origin_kind=opening.origin_kind,
        origin_id=opening.origin_id,
        title=opening.title,
        text_digest=text_digest,
        procedure_id=procedure.id,
        secret=procedure.secret,
        state=PollState.OPEN,
        opened_at=tx.now,
        closes_at=opening.closes_at,
        electorate_digest=electorate_digest,
        freeze_digest=_digest(text_digest, frozen_procedure(procedure), electorate_digest),
        sealing_key=sealing.new_sealing_key() if procedure.secret else None,
    )
    tx.session.add(poll)
    tx.session.flush()
    tx.session.add_all(Voter(poll_id=poll.id, person_id=person_id) for person_id in voters)
    tx.record(PollOpened(poll.id, poll.origin_kind, poll.origin_id, poll.freeze_digest))
    return poll.id


def _last_open_ballots(tx: Transaction, poll: Poll) -> list[Choice]:
    last = select(func.max(OpenBallot.id)).where(OpenBallot.poll_id == poll.id)
    rows = tx.session.scalars(
        select(OpenBallot)
        .where(OpenBallot.id.in_(last.group_by(OpenBallot.voter_id)))
        .order_by(OpenBallot.voter_id)
    )
    return [Choice(ballot.option, ballot.reason) for ballot in rows]


def _unsealed_ballots(tx: Transaction, poll: Poll) -> list[Choice]:
    """Open the sealed ballots in memory and write them back shuffled under new random keys."""
    boxes = tx.session.scalars(select(SealedBallot.box).where(SealedBallot.poll_id == poll.id))
    assert poll.sealing_key is not None  # noqa: S101
    choices = sealing.open_boxes(poll.sealing_key, list(boxes))
    tx.session.add_all(
        CountedBallot(
            key=secrets.token_hex(16), poll_id=poll.id, option=choice.option, reason=choice.reason
        )
        for choice in choices
    )
    return choices


def _ballots_digest(choices: Sequence[Choice]) -> str:
    return _digest(sorted([choice.option, choice.reason] for choice in choices))


def close_poll(tx: Transaction, poll_id: int) -> Outcome:
    """Count once and for ever. Raises Conflict when the poll was already counted."""
    poll = tx.session.get_one(Poll, poll_id, with_for_update=True)
    if poll.state != PollState.OPEN:
        raise Conflict("polls.already_counted")
    choices = _unsealed_ballots(tx, poll) if poll.secret else _last_open_ballots(tx, poll)
    registered = tx.session.scalar(
        select(func.count()).select_from(Voter).where(Voter.poll_id == poll.id)
    )
    outcome = registry.method(poll.procedure.method).tally(
        [CastBallot(choice) for choice in choices],
        Electorate(registered or 0),
        Settings.from_json(json.loads(poll.procedure.settings)),
    )
    poll.state, poll.closed_at = PollState.CLOSED, tx.now
    poll.result, poll.outcome = outcome.result, canonical(outcome.to_json())
    poll.ballots_digest = _ballots_digest(choices)
    tx.session.flush()
    if poll.secret:
        tx.session.execute(delete(SealedBallot).where(SealedBallot.poll_id == poll.id))
    tx.record(
        PollClosed(
            poll.id, poll.origin_kind, poll.origin_id, outcome.result.value, poll.ballots_digest
        )
    )
    return outcome


def cancel_poll(tx: Transaction, poll_id: int) -> None:
    """End a round without counting it; what was cast stays, sealed ballots are erased."""
    poll = tx.session.get_one(Poll, poll_id, with_for_update=True)
    if poll.state != PollState.OPEN:
        raise Conflict("polls.already_counted")
    poll.state, poll.closed_at = PollState.CANCELLED, tx.now
    tx.session.flush()
    if poll.secret:
        tx.session.execute(delete(SealedBallot).where(SealedBallot.poll_id == poll.id))
    tx.record(PollCancelled(poll.id, poll.origin_kind, poll.origin_id))
