"""What happens around the reading of rules."""

from __future__ import annotations

from dataclasses import dataclass

from intranet.core.events import Event


@dataclass(frozen=True)
class ReadingAsked(Event):
    """Everybody is asked to read a rule."""

    page_id: int


@dataclass(frozen=True)
class ReadingNoLongerAsked(Event):
    """Nobody is asked to read this rule any more; what was said to be read stays."""

    page_id: int


@dataclass(frozen=True)
class RuleRead(Event):
    """A person said to have read a text of a rule."""

    page_id: int
    revision_id: int
