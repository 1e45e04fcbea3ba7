"""Saying which seed was drawn, and the count that follows from it."""

from __future__ import annotations

import unicodedata

from intranet.core.events import canonical
from intranet.core.policy import Invalid
from intranet.core.transaction import Transaction
from intranet.polls import counting
from intranet.polls.draws import queries
from intranet.polls.draws.events import PollSettled, SeedSaid
from intranet.polls.draws.models import SaidSeed
from intranet.polls.models import Poll
from intranet.voting.counted import Counted, result_of

LONGEST_SEED = 200


def say(tx: Transaction, poll_id: int, person_id: int, typed: str) -> Counted | None:
    """Keep what somebody says was drawn. Gives the result once two people said the same, and None
    before that; spaces are no difference. Raises Invalid for an empty or too long seed.

    The ballots are counted again with the order that follows from the seed, and that is the result
    which is stored: nobody chooses the order, and anybody can compute it again.
    """
    seed = unicodedata.normalize("NFC", " ".join(typed.replace("\x00", " ").split()))
    if not seed:
        raise Invalid(seed="seed_missing")
    if len(seed) > LONGEST_SEED:
        raise Invalid(seed="seed_too_long")
    poll = tx.session.get_one(Poll, poll_id, with_for_update=True)
    is_agreed = any(
        one.seed == seed and one.person_id != person_id for one in queries.said(tx, poll_id)
    )
    one = SaidSeed(poll_id=poll_id, person_id=person_id, seed=seed, at=tx.now)
    tx.session.add(one)
    tx.session.flush()
    tx.record(SeedSaid(poll_id, one.id))
    return _settle(tx, poll, seed) if is_agreed else None


def _settle(tx: Transaction, poll: Poll, seed: str) -> Counted:
    """Count again with the seed, and keep that result as the one of the vote."""
    poll.seed = seed
    ballots = counting.counted_ballots(tx.session, poll)
    outcome = counting.count(tx.session, poll, ballots)
    result = result_of(outcome)
    poll.result, poll.outcome = result, canonical(outcome.to_json())
    tx.session.flush()
    tx.record(PollSettled(poll.id, poll.origin_kind, poll.origin_id, result.value, seed))
    return outcome
