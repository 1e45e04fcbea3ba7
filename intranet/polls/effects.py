"""Opening, counting and cancelling polls, for the rooms that ask people to decide."""

from __future__ import annotations

import secrets
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, select

from intranet.core.events import canonical
from intranet.core.policy import Conflict
from intranet.core.texts import keep_text
from intranet.core.transaction import Transaction
from intranet.members import queries as members
from intranet.members import status_queries
from intranet.members.statuses import Status
from intranet.polls import counting, sealing
from intranet.polls.advice import counting as advice
from intranet.polls.advice.models import Advisor
from intranet.polls.events import PollCancelled, PollClosed, PollOpened, ReceiptsPublished
from intranet.polls.freezing import digest, electorate_digest, freeze_digest
from intranet.polls.freezing import frozen_procedure as frozen_procedure
from intranet.polls.models import (
    CountedBallot,
    CountedReceipt,
    Poll,
    PollState,
    Procedure,
    SealedBallot,
    Voter,
)
from intranet.polls.procedure_models import Custody
from intranet.polls.proxies.events import ProxyReturned
from intranet.polls.proxies.models import LIVE, Proxy, ProxyState
from intranet.polls.rounds import course
from intranet.polls.tellers import queries as tellers
from intranet.polls.tellers.custody import lock_new_key
from intranet.polls.tellers.models import TELLERS
from intranet.voting import registry
from intranet.voting.counted import Counted, result_of
from intranet.voting.external_voices import reduced
from intranet.voting.types import CastBallot, InvalidCount


@dataclass(frozen=True)
class Opening:
    """One round of voting to open: on what text, under which procedure, for whom, until when.

    `candidates` are the options of a vote among several, of which `seats` are to be chosen;
    `advisors` are the people without a vote whose advice is asked.
    `external` are the voters whose voices count for less, None to see who they are today.
    `opens_at` is None for now; `sealing_key` is that of an earlier round whose ballots are kept.
    """

    origin_kind: str
    origin_id: int
    title: str
    text: str
    procedure_id: int
    voters: Sequence[int]
    closes_at: datetime
    advisors: Sequence[int] = ()
    opens_at: datetime | None = None
    sealing_key: str | None = None
    candidates: Sequence[str] = ()
    seats: int = 1
    external: Collection[int] | None = None


def open_poll(tx: Transaction, opening: Opening) -> int:
    """Freeze text, procedure and electorate, and open the box. Gives the poll's number.

    Raises Conflict when nobody could vote, tellers are asked for and missing, or the procedure is
    for votes of another sort.
    """
    voters = sorted(set(opening.voters))
    if not voters:
        raise Conflict("polls.nobody_votes")
    procedure = tx.session.get_one(Procedure, opening.procedure_id)
    if registry.is_election(procedure.method) is not bool(opening.candidates):
        raise Conflict("polls.other_sort_of_vote")
    external = _with_less_voice(tx, opening, procedure, voters)
    text_digest = keep_text(tx.session, opening.text)
    electorate = electorate_digest(voters)
    poll = Poll(
        origin_kind=opening.origin_kind,
        origin_id=opening.origin_id,
        title=opening.title,
        text_digest=text_digest,
        procedure_id=procedure.id,
        secret=procedure.secret,
        state=PollState.OPEN,
        opened_at=opening.opens_at or tx.now,
        closes_at=opening.closes_at,
        electorate_digest=electorate,
        freeze_digest=freeze_digest(
            text_digest, procedure, electorate, opening.candidates, opening.seats, external
        ),
        external_voices=len(external),
        candidates=canonical(list(opening.candidates)),
        seats=opening.seats,
        sealing_key=_new_sealing_key(tx, opening, procedure),
    )
    tx.session.add(poll)
    tx.session.flush()
    _draw_up(tx, poll, voters, external, opening.advisors)
    tx.record(PollOpened(poll.id, poll.origin_kind, poll.origin_id, poll.freeze_digest))
    return poll.id


def _draw_up(
    tx: Transaction,
    poll: Poll,
    voters: Sequence[int],
    external: Sequence[int],
    advisors: Sequence[int],
) -> None:
    """Write the roll, and that of the people whose advice is asked."""
    tx.session.add_all(
        Voter(poll_id=poll.id, person_id=person_id, is_external=person_id in external)
        for person_id in voters
    )
    asked = sorted(set(advisors) - set(voters))
    tx.session.add_all(Advisor(poll_id=poll.id, person_id=person_id) for person_id in asked)


def _with_less_voice(
    tx: Transaction, opening: Opening, procedure: Procedure, voters: Sequence[int]
) -> list[int]:
    """The external members among the voters, when they are more than 35 % of them.

    Raises Conflict when there is nobody else, as their voices could not be counted at all, and in
    a secret vote, as no ballot may say whose it is.
    """
    if opening.external is not None:
        return sorted(opening.external)
    statuses = status_queries.statuses_on(tx, voters, members.today(tx))
    external = sorted(
        number for number, status in statuses.items() if status == Status.MEMBER_EXTERNAL
    )
    try:
        voices = reduced(len(voters) - len(external), len(external))
    except InvalidCount as problem:
        raise Conflict("polls.only_external_voices") from problem
    if voices and procedure.secret:
        raise Conflict("polls.external_voices_in_secret")
    return external if voices else []


def _new_sealing_key(tx: Transaction, opening: Opening, procedure: Procedure) -> str | None:
    """The half that seals; the other one lies in a file, or is shared among the tellers."""
    if not procedure.secret:
        return None
    if opening.sealing_key:
        return opening.sealing_key
    if course(procedure).custody is not Custody.TELLERS:
        return sealing.new_sealing_key()
    named = tellers.tellers(tx, (opening.origin_kind, opening.origin_id))
    if len(named) != TELLERS:
        raise Conflict("polls.tellers_are_missing")
    return lock_new_key(tx.session, named)


def _unsealed_ballots(tx: Transaction, poll: Poll, opening_key: bytes | None) -> list[CastBallot]:
    """Open the sealed ballots in memory and write them back shuffled under new random keys."""
    boxes = tx.session.scalars(select(SealedBallot.box).where(SealedBallot.poll_id == poll.id))
    assert poll.sealing_key is not None  # noqa: S101
    opened = sealing.open_boxes(poll.sealing_key, list(boxes), opening_key)
    tx.session.add_all(
        CountedBallot(
            key=secrets.token_hex(16), poll_id=poll.id, option=choice.option, reason=choice.reason
        )
        for choice in opened.choices
    )
    if opened.codes:
        tx.session.add_all(CountedReceipt(poll_id=poll.id, code=code) for code in opened.codes)
        tx.record(ReceiptsPublished(poll.id, digest(opened.codes)))
    return [CastBallot(choice) for choice in opened.choices]


def close_poll(tx: Transaction, poll_id: int, opening_key: bytes | None = None) -> Counted:
    """Count once and for ever; `opening_key` is the one that tellers gave, used and forgotten.

    Raises Conflict when the poll was already counted.
    """
    poll = tx.session.get_one(Poll, poll_id, with_for_update=True)
    if poll.state != PollState.OPEN:
        raise Conflict("polls.already_counted")
    ballots = (
        _unsealed_ballots(tx, poll, opening_key)
        if poll.secret
        else counting.last_open_ballots(tx.session, poll)
    )
    outcome = counting.count(tx.session, poll, ballots)
    result = result_of(outcome)
    poll.state, poll.closed_at = PollState.CLOSED, tx.now
    poll.result, poll.outcome = result, canonical(outcome.to_json())
    poll.ballots_digest = counting.ballots_digest(ballots)
    poll.by_proxy = counting.voices_by_proxy(tx.session, poll.id)
    advice.keep_outcome(tx.session, poll)
    tx.session.flush()
    if poll.secret:
        tx.session.execute(delete(SealedBallot).where(SealedBallot.poll_id == poll.id))
    tx.record(
        PollClosed(poll.id, poll.origin_kind, poll.origin_id, result.value, poll.ballots_digest)
    )
    return outcome


def cancel_poll(tx: Transaction, poll_id: int, because: str = "") -> None:
    """End a round without counting it, for a reason that its page shows; what was cast stays,
    sealed ballots are erased."""
    poll = tx.session.get_one(Poll, poll_id, with_for_update=True)
    if poll.state != PollState.OPEN:
        raise Conflict("polls.already_counted")
    poll.state, poll.closed_at = PollState.CANCELLED, tx.now
    poll.ended_because = because or None
    tx.session.flush()
    if poll.secret:
        tx.session.execute(delete(SealedBallot).where(SealedBallot.poll_id == poll.id))
    tx.record(PollCancelled(poll.id, poll.origin_kind, poll.origin_id))


def return_proxies(tx: Transaction, origin_kind: str, origin_id: int) -> None:
    """Give back the voices lent for something that will not be voted on any more."""
    lent = select(Proxy).where(
        Proxy.origin_kind == origin_kind, Proxy.origin_id == origin_id, Proxy.state.in_(LIVE)
    )
    for proxy in tx.session.scalars(lent.order_by(Proxy.id).with_for_update()):
        proxy.state, proxy.ended_at = ProxyState.RETURNED, tx.now
        tx.record(ProxyReturned(proxy.id, "nothing_to_decide"))
