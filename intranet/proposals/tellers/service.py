"""Becoming a teller, and opening the box with the words of two of them."""

from __future__ import annotations

import hashlib

from intranet.auth import throttle
from intranet.auth.policy import may_attempt
from intranet.core.policy import NotFound
from intranet.core.transaction import Transaction
from intranet.polls.models import Poll
from intranet.polls.tellers import keeping
from intranet.polls.tellers import queries as tellers
from intranet.polls.tellers.events import TellerLeft, TellerNamed, WordsGiven
from intranet.proposals.models import Proposal
from intranet.proposals.policy import may_read_proposal
from intranet.proposals.service import conclude
from intranet.proposals.tellers.policy import (
    may_be_teller,
    may_give_words,
    may_stop_being_teller,
)


def _proposal(tx: Transaction, proposal_id: int) -> Proposal:
    proposal = tx.session.get(Proposal, proposal_id, with_for_update=True)
    if proposal is None or not may_read_proposal(tx, proposal):
        raise NotFound
    return proposal


def become_teller(tx: Transaction, proposal_id: int) -> tuple[str, ...]:
    """Keep words for the vote on a proposal; gives the words, which are kept nowhere.

    A teller who asks again gets new words, and the old ones open nothing.
    """
    proposal = _proposal(tx, proposal_id)
    tx.require(may_be_teller, proposal)
    assert tx.actor.person_id is not None  # noqa: S101
    number, words = keeping.name_teller(tx, ("proposal", proposal.id), tx.actor.person_id)
    tx.record(TellerNamed(proposal.id, number))
    return words


def stop_being_teller(tx: Transaction, proposal_id: int) -> None:
    """Leave the place to somebody else, before the vote opens."""
    proposal = _proposal(tx, proposal_id)
    tx.require(may_stop_being_teller, proposal)
    named = tellers.tellers(tx, ("proposal", proposal.id))
    mine = next(one for one in named if one.person_id == tx.actor.person_id)
    number = mine.id
    keeping.dismiss(tx, mine)
    tx.record(TellerLeft(proposal.id, number))


def _tries(tx: Transaction, proposal_id: int) -> list[str]:
    """Under which key the tries of a teller are counted."""
    said = f"{proposal_id}:{tx.actor.person_id}"
    return [f"teller:{hashlib.sha256(said.encode()).hexdigest()}"]


def try_words(tx: Transaction, proposal_id: int) -> None:
    """Count a try before the words are looked at. Raises Refused with the seconds to wait after
    ten tries in a minute."""
    proposal = _proposal(tx, proposal_id)
    tx.require(may_give_words, proposal)
    counted = _tries(tx, proposal.id)
    tx.require(may_attempt, throttle.seconds_to_wait(tx, counted))
    throttle.count(tx, counted)


def give_words(tx: Transaction, proposal_id: int, typed: str) -> bool:
    """Give one's words; with those of enough tellers the box is opened and counted at once.

    Gives whether it was counted. Raises Invalid for words that are not this teller's. The opening
    key exists for the length of this transaction, in memory only.
    """
    proposal = _proposal(tx, proposal_id)
    tx.require(may_give_words, proposal)
    assert proposal.poll_id is not None and tx.actor.person_id is not None  # noqa: S101, PT018
    poll = tx.session.get_one(Poll, proposal.poll_id, with_for_update=True)
    key = keeping.take_words(tx, poll, tx.actor.person_id, typed)
    throttle.take_back(tx, _tries(tx, proposal.id))
    tx.record(WordsGiven(proposal.id, poll.id))
    if key is None:
        return False
    conclude(tx, proposal.id, key)
    return True
