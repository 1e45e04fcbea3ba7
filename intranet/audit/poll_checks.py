"""Polls against the journal, and the count of each one made again."""

from __future__ import annotations

import json
from collections.abc import Iterator

from sqlalchemy import select

from intranet.audit.payloads import payloads
from intranet.core.transaction import Reader
from intranet.polls import counting
from intranet.polls.counting import candidates_of, external_voters
from intranet.polls.freezing import digest, electorate_digest, freeze_digest
from intranet.polls.models import Poll, PollState, Voter
from intranet.polls.receipt_queries import receipts
from intranet.voting.counted import result_of
from intranet.voting.types import InvalidCount


def openings(reader: Reader) -> Iterator[str]:
    """Text, procedure and roll of each poll are those that were frozen as it opened."""
    opened = {one["poll_id"]: one["freeze_digest"] for one in payloads(reader, "PollOpened")}
    for poll in reader.session.scalars(select(Poll).order_by(Poll.id)):
        voters = reader.session.scalars(select(Voter.person_id).where(Voter.poll_id == poll.id))
        electorate = electorate_digest(voters)
        frozen = freeze_digest(
            poll.text_digest,
            poll.procedure,
            electorate,
            candidates_of(poll),
            poll.seats,
            external_voters(reader.session, poll.id),
        )
        if electorate != poll.electorate_digest:
            yield f"poll {poll.id}: the roll is not the one of its opening"
        elif frozen != poll.freeze_digest:
            yield f"poll {poll.id}: its text or procedure is not the one of its opening"
        if opened.pop(poll.id, None) != poll.freeze_digest:
            yield f"poll {poll.id}: the journal does not hold what was frozen"
    for poll_id in opened:
        yield f"poll {poll_id} was opened and is gone"


def recounts(reader: Reader) -> Iterator[str]:
    """The stored ballots give the stored digest and the stored outcome, which the journal holds."""
    closed = {
        one["poll_id"]: (one["result"], one["ballots_digest"])
        for one in payloads(reader, "PollClosed")
    }
    for one in payloads(reader, "PollSettled"):
        _result, digested = closed[one["poll_id"]]
        closed[one["poll_id"]] = (one["result"], digested)
    published = {one["poll_id"]: one["digest"] for one in payloads(reader, "ReceiptsPublished")}
    query = select(Poll).where(Poll.state == PollState.CLOSED).order_by(Poll.id)
    for poll in reader.session.scalars(query):
        yield from _recount(reader, poll)
        yield from _receipts(reader, poll, published.get(poll.id))
        if closed.pop(poll.id, None) != (poll.result, poll.ballots_digest):
            yield f"poll {poll.id}: the journal holds another result"
    for poll_id in closed:
        yield f"poll {poll_id} was counted and is not closed any more"


def _recount(reader: Reader, poll: Poll) -> Iterator[str]:
    ballots = counting.counted_ballots(reader.session, poll)
    if counting.ballots_digest(ballots) != poll.ballots_digest:
        yield f"poll {poll.id}: the ballots are not those that were counted"
    try:
        outcome = counting.count(reader.session, poll, ballots)
    except InvalidCount as error:
        yield f"poll {poll.id}: its ballots cannot be counted ({error.code})"
        return
    result = result_of(outcome)
    if poll.outcome is None or json.loads(poll.outcome) != outcome.to_json():
        yield f"poll {poll.id}: a recount gives {result}, with other numbers than stored"
    elif poll.result != result:
        yield f"poll {poll.id}: it is marked {poll.result} and a recount gives {result}"


def _receipts(reader: Reader, poll: Poll, published: str | None) -> Iterator[str]:
    """As many receipts as ballots, and those that were listed; none before there were any."""
    codes = receipts(reader, poll.id)
    if (digest(codes) if codes else None) != published:
        yield f"poll {poll.id}: the receipts are not those that were listed"
    if codes and len(codes) != len(counting.counted_ballots(reader.session, poll)):
        yield f"poll {poll.id}: there are not as many receipts as ballots"
