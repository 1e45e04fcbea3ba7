"""What happens to the outlines of proposals."""

from __future__ import annotations

from dataclasses import dataclass

from intranet.core.events import Event


@dataclass(frozen=True)
class OutlineWritten(Event):
    """Somebody wrote an outline, or its next version; `retired` when it was taken out of use."""

    key: str
    number: int
    retired: bool
