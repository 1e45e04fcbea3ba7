"""Who says which seed was drawn, and when."""

from __future__ import annotations

from intranet.core.policy import YES, Verdict, no
from intranet.core.transaction import Reader
from intranet.members.statuses import Right
from intranet.polls.draws import queries as draws
from intranet.polls.own_queries import is_on_the_roll
from intranet.proposals.models import Proposal
from intranet.proposals.policy import may_read_proposal
from intranet.proposals.workflow import State


def may_say_seed(reader: Reader, proposal: Proposal) -> Verdict:
    """Whoever is on the roll of the vote, once it is counted and tied, or once the list has been
    published: a seed known before could be chosen for its result."""
    if not may_read_proposal(reader, proposal):
        return no("proposals.unknown")
    if proposal.state != State.VOTING or proposal.poll_id is None:
        return no("proposals.not_voting")
    if not draws.awaits_seed(reader, proposal.poll_id):
        return no("draws.nothing_to_draw")
    if not reader.actor.has(Right.READ):
        return no("polls.no_longer_here")
    if not is_on_the_roll(reader, proposal.poll_id):
        return no("draws.only_the_roll")
    return YES
