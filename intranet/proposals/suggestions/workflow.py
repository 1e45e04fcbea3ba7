"""The life of a suggested change to a proposal: every state, and every step (pure)."""

from __future__ import annotations

from enum import StrEnum


class State(StrEnum):
    """Where a suggestion stands. `moot`: the paragraph it changes was changed by another one."""

    PROPOSED = "proposed"
    ACCEPTED = "accepted"
    VOTING = "voting"
    ADOPTED = "adopted"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    MOOT = "moot"


LIVE = frozenset({State.PROPOSED, State.VOTING})
"""The states from which something is still expected."""

STEPS: tuple[tuple[str, State, State], ...] = (
    ("accept", State.PROPOSED, State.ACCEPTED),
    ("decline", State.PROPOSED, State.PROPOSED),
    ("rewrite", State.PROPOSED, State.PROPOSED),
    ("put_to_vote", State.PROPOSED, State.VOTING),
    ("withdraw", State.PROPOSED, State.WITHDRAWN),
    ("fall", State.PROPOSED, State.REFUSED),
    ("carry_over", State.PROPOSED, State.PROPOSED),
    ("carry_over", State.VOTING, State.VOTING),
    ("overtake", State.PROPOSED, State.MOOT),
    ("adopt", State.VOTING, State.ADOPTED),
    ("refuse", State.VOTING, State.REFUSED),
    ("give_back", State.VOTING, State.PROPOSED),
)
"""What can happen: the name of the step, from which state, to which.

`decline`: the author of the proposal does not take it up, and says why; it can still be put to the
vote. `fall`: declined and not put to the vote when the vote on the whole opens. `carry_over`: the
proposal has a new version, and the same words still change the same paragraph. `give_back`: a
ballot that decided nothing about it.
"""


class IllegalStep(Exception):
    """A step that the state does not allow; names both."""

    def __init__(self, state: State, step: str) -> None:
        super().__init__(f"{step} is not possible from {state}")
        self.state = state
        self.step = step


def next_state(state: State, step: str) -> State:
    """The state after the step, or IllegalStep naming both. No side effect."""
    for name, source, target in STEPS:
        if name == step and source is state:
            return target
    raise IllegalStep(state, step)
