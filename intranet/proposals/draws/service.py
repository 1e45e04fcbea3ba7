"""Saying which seed was drawn in public; the second person who says it ends the vote."""

from __future__ import annotations

from intranet.core.policy import NotFound
from intranet.core.transaction import Transaction
from intranet.polls.draws import effects as draws
from intranet.proposals.draws.policy import may_say_seed
from intranet.proposals.enactment import follow_count
from intranet.proposals.models import Proposal
from intranet.proposals.policy import may_read_proposal


def say_seed(tx: Transaction, proposal_id: int, typed: str) -> bool:
    """Say which seed was drawn. Once a second person said the same, the order of the draw follows
    from it and the vote ends as if it had been counted so.

    Gives whether it ended. Raises Refused, Invalid for a seed that says nothing.
    """
    proposal = tx.session.get(Proposal, proposal_id, with_for_update=True)
    if proposal is None or not may_read_proposal(tx, proposal):
        raise NotFound
    tx.require(may_say_seed, proposal)
    assert proposal.poll_id is not None and tx.actor.person_id is not None  # noqa: S101, PT018
    outcome = draws.say(tx, proposal.poll_id, tx.actor.person_id, typed)
    if outcome is None:
        return False
    follow_count(tx, proposal, outcome)
    return True
