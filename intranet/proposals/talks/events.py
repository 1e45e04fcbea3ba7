"""What happens while a proposal is discussed."""

from __future__ import annotations

from dataclasses import dataclass

from intranet.core.events import Event


@dataclass(frozen=True)
class RoundOpened(Event):
    """A round of the discussion began."""

    proposal_id: int
    kind: str


@dataclass(frozen=True)
class RoundClosed(Event):
    """A round of the discussion ended."""

    proposal_id: int
    kind: str


@dataclass(frozen=True)
class DiscussionSummed(Event):
    """The discussion was summed up, or summed up anew."""

    proposal_id: int
    summary_id: int


@dataclass(frozen=True)
class PersonMentioned(Event):
    """A comment calls somebody by name."""

    proposal_id: int
    comment_id: int
    mentioned_id: int


@dataclass(frozen=True)
class StanceTaken(Event):
    """Somebody said where they stand on a version, or took that back."""

    proposal_id: int
