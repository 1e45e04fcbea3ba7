"""That somebody asked to be forgotten."""

from __future__ import annotations

from dataclasses import dataclass

from intranet.core.events import Event


@dataclass(frozen=True)
class PersonErased(Event):
    """What was kept about a person is gone; what they did stays, under another name."""

    person_id: int
