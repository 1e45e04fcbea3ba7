"""What happens to the standing of a page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from intranet.core.events import Event


@dataclass(frozen=True)
class PagePublished(Event):
    """A draft is for its readers now."""

    page_id: int


@dataclass(frozen=True)
class PageBeingWritten(Event):
    """The text of a page is a working version from now on: it commits nobody."""

    page_id: int


@dataclass(frozen=True)
class PageFinished(Event):
    """The text of a page is no longer a working version."""

    page_id: int


@dataclass(frozen=True)
class PageOwnerNamed(Event):
    """Somebody looks after a page from now on, or nobody any more."""

    page_id: int
    owner_id: int | None


@dataclass(frozen=True)
class PageReviewPlanned(Event):
    """A page is to be looked at again on a day, or on none; whoever did so looked at it now."""

    page_id: int
    review_on: date | None


@dataclass(frozen=True)
class PageReviewDue(Event):
    """The day has come on which a page is to be looked at again."""

    page_id: int


@dataclass(frozen=True)
class PageProtected(Event):
    """A page is changed by its owner and the administrators only, from now on."""

    page_id: int


@dataclass(frozen=True)
class PageUnprotected(Event):
    """A page that was protected is open to its writers again."""

    page_id: int
