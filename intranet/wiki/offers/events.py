"""What happens to suggested changes of pages."""

from __future__ import annotations

from dataclasses import dataclass

from intranet.core.events import Event


@dataclass(frozen=True)
class PageOfferMade(Event):
    """A reader suggests a change of a page."""

    page_id: int
    offer_id: int


@dataclass(frozen=True)
class PageOfferAccepted(Event):
    """A suggested change was put into the page, under the name of whoever suggested it."""

    page_id: int
    offer_id: int
    revision_id: int


@dataclass(frozen=True)
class PageOfferDeclined(Event):
    """A suggested change was declined, with a reason."""

    page_id: int
    offer_id: int


@dataclass(frozen=True)
class PageOfferWithdrawn(Event):
    """Whoever suggested a change took it back."""

    page_id: int
    offer_id: int
