"""What happens around the rulebook."""

from __future__ import annotations

from dataclasses import dataclass

from intranet.core.events import Event


@dataclass(frozen=True)
class RuleDebtNoted(Event):
    """A member noted that a decision changes a rule, and that no rule says it yet."""

    decision_id: int
    number: str


@dataclass(frozen=True)
class RuleDebtSettled(Event):
    """A member noted that nothing of a decision is left to be written in the rules."""

    decision_id: int
    number: str
