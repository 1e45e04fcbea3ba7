"""What happens to decisions that are looked at again."""

from __future__ import annotations

from dataclasses import dataclass

from intranet.core.events import Event


@dataclass(frozen=True)
class DecisionReviewed(Event):
    """Somebody wrote down how a decision does and what should become of it."""

    decision_id: int
    number: str
    review_id: int
    outcome: str


@dataclass(frozen=True)
class DecisionReviewDue(Event):
    """The day has come on which a decision was to be looked at again."""

    decision_id: int
    number: str


@dataclass(frozen=True)
class DecisionEndsSoon(Event):
    """A decision taken for a time ends within thirty days."""

    decision_id: int
    number: str


@dataclass(frozen=True)
class DecisionEnded(Event):
    """The last day of a decision taken for a time is over."""

    decision_id: int
    number: str
