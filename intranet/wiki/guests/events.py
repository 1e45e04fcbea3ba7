"""What happens to links for people outside."""

from __future__ import annotations

from dataclasses import dataclass

from intranet.core.events import Event


@dataclass(frozen=True)
class PageGuestInvited(Event):
    """Somebody outside may read one page, until a day."""

    page_id: int
    link_id: int


@dataclass(frozen=True)
class PageGuestSentAway(Event):
    """A link for somebody outside no longer leads anywhere."""

    page_id: int
    link_id: int
