"""Taking a step in the life of a proposal."""

from __future__ import annotations

from intranet.core.policy import Conflict
from intranet.proposals.models import Proposal
from intranet.proposals.workflow import IllegalStep, State, next_state


def take(proposal: Proposal, step: str) -> None:
    """Bring a proposal where the step leads. Raises Conflict when its state does not allow it."""
    try:
        proposal.state = next_state(State(proposal.state), step)
    except IllegalStep as illegal:
        raise Conflict("proposals.illegal_step", state=illegal.state.value) from illegal
