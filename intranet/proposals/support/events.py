"""What happens to those who write and support proposals."""

from __future__ import annotations

from dataclasses import dataclass

from intranet.core.events import Event


@dataclass(frozen=True)
class CoAuthorNamed(Event):
    """The author of a proposal asked somebody to write it with them."""

    proposal_id: int
    co_author_id: int


@dataclass(frozen=True)
class CoAuthorLeft(Event):
    """Somebody no longer writes a proposal with its author."""

    proposal_id: int
    co_author_id: int


@dataclass(frozen=True)
class ProposalSeconded(Event):
    """Somebody asks with the author that a wording be put to the vote."""

    proposal_id: int
    number: int


@dataclass(frozen=True)
class SecondingEnded(Event):
    """Somebody no longer supports that a proposal be put to the vote."""

    proposal_id: int
