"""What happens to minutes."""

from __future__ import annotations

from dataclasses import dataclass

from intranet.core.events import Event


@dataclass(frozen=True)
class MinutesKept(Event):
    """The minutes that belong to a decision were written or named beside it."""

    decision_id: int
    number: str
