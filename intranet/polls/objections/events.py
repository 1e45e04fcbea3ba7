"""What happens to objections."""

from __future__ import annotations

from dataclasses import dataclass

from intranet.core.events import Event


@dataclass(frozen=True)
class ObjectionRaised(Event):
    """Somebody objected in an open vote."""

    poll_id: int
    objection_id: int


@dataclass(frozen=True)
class ObjectionLifted(Event):
    """The author of an objection lifted it, or took another position."""

    poll_id: int
    objection_id: int
