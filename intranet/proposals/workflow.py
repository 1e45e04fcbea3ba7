"""The life of a proposal: every state, and every step between them (pure)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class State(StrEnum):
    """Where a proposal stands."""

    DRAFT = "draft"
    DISCUSSION = "discussion"
    VOTING = "voting"
    ADOPTED = "adopted"
    REJECTED = "rejected"
    LAPSED = "lapsed"
    WITHDRAWN = "withdrawn"
    ANNULLED = "annulled"


ENDED = frozenset({State.ADOPTED, State.REJECTED, State.LAPSED, State.WITHDRAWN, State.ANNULLED})


@dataclass(frozen=True)
class Step:
    """One thing that can happen to a proposal: from which states, to which."""

    name: str
    sources: frozenset[State]
    target: State


STEPS: tuple[Step, ...] = (
    Step("submit", frozenset({State.DRAFT}), State.DISCUSSION),
    Step("withdraw", frozenset({State.DRAFT, State.DISCUSSION}), State.WITHDRAWN),
    Step("open_voting", frozenset({State.DISCUSSION}), State.VOTING),
    Step("adopt", frozenset({State.VOTING}), State.ADOPTED),
    Step("reject", frozenset({State.VOTING}), State.REJECTED),
    Step("lapse", frozenset({State.VOTING}), State.LAPSED),
    Step("give_up", frozenset({State.VOTING}), State.WITHDRAWN),
    Step("annul", frozenset({State.VOTING}), State.ANNULLED),
    Step("revise", frozenset({State.VOTING}), State.DISCUSSION),
    Step("reconvene", frozenset({State.VOTING}), State.VOTING),
    Step("escalate", frozenset({State.VOTING}), State.DISCUSSION),
)


class IllegalStep(Exception):
    """A step that the state does not allow; names both."""

    def __init__(self, state: State, step: str) -> None:
        super().__init__(f"{step} is not possible from {state}")
        self.state = state
        self.step = step


def next_state(state: State, step: str) -> State:
    """The state after the step, or IllegalStep naming both. No side effect."""
    for known in STEPS:
        if known.name == step and state in known.sources:
            return known.target
    raise IllegalStep(state, step)
