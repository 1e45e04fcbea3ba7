"""What happens to advice."""

from __future__ import annotations

from dataclasses import dataclass

from intranet.core.events import Event


@dataclass(frozen=True)
class AdviceGiven(Event):
    """Somebody without a vote gave an advisory position."""

    poll_id: int
    advice_id: int
