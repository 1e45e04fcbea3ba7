"""Voices given by proxy and advice given beside votes, against the rolls and the stored counts."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator

from sqlalchemy import select

from intranet.core.transaction import Reader
from intranet.polls import counting
from intranet.polls.advice import counting as advice
from intranet.polls.advice.models import AdvisoryOutcome
from intranet.polls.freezing import electorate_digest
from intranet.polls.models import Poll, PollState, Voter
from intranet.polls.proxies import standing
from intranet.polls.proxies.models import Proxy
from intranet.voting.types import InvalidCount


def voices(reader: Reader) -> Iterator[str]:
    """Each voice given by proxy is its giver's, its holder stands on the same roll and carries no
    more than allowed, and the stored number is the number found."""
    for poll in reader.session.scalars(select(Poll).order_by(Poll.id)).all():
        roll, carried = standing.roll(reader, poll.id), Counter[int]()
        rows = reader.session.execute(
            select(Voter.person_id, Proxy.giver_id, Proxy.holder_id)
            .join(Proxy, Proxy.id == Voter.proxy_id)
            .where(Voter.poll_id == poll.id)
        )
        for person_id, giver_id, holder_id in rows:
            carried[holder_id] += 1
            if person_id != giver_id or holder_id not in roll:
                yield f"poll {poll.id}: a voice was given with somebody else’s proxy"
        if any(number > standing.cap_in(reader, poll) for number in carried.values()):
            yield f"poll {poll.id}: somebody gave more voices of others than allowed"
        if poll.by_proxy not in (None, sum(carried.values())) and poll.state == PollState.CLOSED:
            yield f"poll {poll.id}: {sum(carried.values())} voices by proxy, not {poll.by_proxy}"


def advices(reader: Reader) -> Iterator[str]:
    """A recount of the advice gives what is stored, and nobody advises on a vote of their own."""
    for kept in reader.session.scalars(select(AdvisoryOutcome).order_by(AdvisoryOutcome.poll_id)):
        poll = reader.session.get_one(Poll, kept.poll_id)
        asked = advice.advisors(reader.session, poll.id)
        if set(asked) & standing.roll(reader, poll.id):
            yield f"poll {poll.id}: somebody both votes and advises"
        if electorate_digest(asked) != kept.electorate_digest:
            yield f"poll {poll.id}: those asked for advice are not those of the opening"
        positions = advice.last_positions(reader.session, poll.id)
        if counting.ballots_digest(positions) != kept.positions_digest:
            yield f"poll {poll.id}: the advice is not the one that was counted"
        try:
            outcome = advice.count(reader.session, poll)
        except InvalidCount as error:
            yield f"poll {poll.id}: its advice cannot be counted ({error.code})"
            continue
        if json.loads(kept.outcome) != outcome.to_json():
            yield f"poll {poll.id}: a recount of the advice gives other numbers than stored"
