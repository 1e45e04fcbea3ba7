"""Reading a ballot and dropping it into the box, whoever's voice it is."""

from __future__ import annotations

import secrets
from collections.abc import Mapping

from sqlalchemy import bindparam, insert, update

from intranet.core.db import run
from intranet.core.policy import Conflict, Invalid
from intranet.core.transaction import Transaction
from intranet.polls import counting, sealing
from intranet.polls.events import BallotCast
from intranet.polls.facts import AnyLine, AnyPoll
from intranet.polls.models import OpenBallot, SealedBallot, Voter
from intranet.polls.objections.following import follow_ballot
from intranet.polls.rounds import course
from intranet.voting import registry
from intranet.voting.ballot_text import paper_to_text
from intranet.voting.types import Choice, InvalidChoice

LONGEST_REASON = 4000
_KEEP = insert(OpenBallot)
_MARK = (
    update(Voter)
    .where(Voter.id == bindparam("line_id"))
    .values(has_voted=True, proxy_id=bindparam("holder"))
)


def choice_in(poll: AnyPoll, raw: Mapping[str, str]) -> Choice:
    """What the fields of a ballot mean in a vote. Raises Invalid, by field."""
    try:
        choice = _read(poll, raw)
    except InvalidChoice as problem:
        field = "reason" if "reason" in problem.code.value else "option"
        raise Invalid(**{field: problem.code.value}) from problem
    if len(choice.reason) > LONGEST_REASON or (poll.secret and not sealing.fits(choice)):
        raise Invalid(reason="reason_too_long")
    if course(poll.procedure).reason_required and not any(sign.isalnum() for sign in choice.reason):
        raise Invalid(reason="reason_required")
    return choice


def _read(poll: AnyPoll, raw: Mapping[str, str]) -> Choice:
    """What the form says, as one text. Raises InvalidChoice."""
    method = poll.procedure.method
    if not registry.is_election(method):
        return registry.method(method).read(raw)
    candidates, settings = counting.candidates_of(poll), counting.election_settings(poll)
    paper = registry.election(method).read(raw, candidates, settings)
    return Choice(paper_to_text(paper, candidates), paper.reason)


def cast_openly(
    tx: Transaction, poll: AnyPoll, voter: AnyLine, choice: Choice, proxy_id: int | None = None
) -> None:
    """Keep a ballot with its voter, and with the proxy of whoever cast it in their name."""
    if (voter.has_voted, voter.proxy_id) != (True, proxy_id):
        run(tx.session, _MARK, {"line_id": voter.id, "holder": proxy_id})
    ballot = {
        "poll_id": poll.id,
        "voter_id": voter.id,
        "option": choice.option,
        "reason": choice.reason,
        "cast_at": tx.now,
        "proxy_id": proxy_id,
    }
    kept = run(tx.session, _KEEP, ballot)
    assert kept.inserted_primary_key is not None  # noqa: S101
    ballot_id = int(kept.inserted_primary_key[0])
    tx.record(BallotCast(poll.id, ballot_id))
    follow_ballot(tx, poll, voter.id, choice.option, ballot_id)


def cast_secretly(
    tx: Transaction, poll: AnyPoll, voter: AnyLine, choice: Choice, proxy_id: int | None = None
) -> str:
    """Mark the roll and drop the sealed ballot in one act that leaves no event and no moment.

    Gives the receipt that lies in the box, and nowhere else.
    """
    marked = tx.session.execute(
        update(Voter)
        .where(Voter.id == voter.id, Voter.has_voted.is_(False))
        .values(has_voted=True, proxy_id=proxy_id)
        .returning(Voter.id)
    ).one_or_none()
    if marked is None:
        raise Conflict("polls.already_voted")
    assert poll.sealing_key is not None  # noqa: S101
    code = sealing.new_code()
    box = sealing.seal(poll.sealing_key, choice, code)
    tx.session.add(SealedBallot(key=secrets.token_hex(16), poll_id=poll.id, box=box))
    return code
