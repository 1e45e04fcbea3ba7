"""What happens when lots are drawn."""

from __future__ import annotations

from dataclasses import dataclass

from intranet.core.events import Event


@dataclass(frozen=True)
class SeedSaid(Event):
    """Somebody said which seed was drawn in public."""

    poll_id: int
    said_id: int


@dataclass(frozen=True)
class PollSettled(Event):
    """Two people said the same seed: the draw that follows from it is part of the result."""

    poll_id: int
    origin_kind: str
    origin_id: int
    result: str
    seed: str
