"""How a page stands among people, as its own page tells."""

from __future__ import annotations

from datetime import date
from typing import Protocol

from babel.dates import format_date
from flask_babel import get_locale
from flask_babel import gettext as _


class Standing(Protocol):
    """What is told of a page."""

    @property
    def is_rule(self) -> bool:
        """Whether it changes only by a decision."""

    @property
    def owner(self) -> str | None:
        """Who looks after it."""

    @property
    def protected_because(self) -> str | None:
        """Why only its owner changes it."""

    @property
    def review_on(self) -> date | None:
        """When it is to be looked at again."""


def facts(page: Standing, readers: str, writers: str) -> list[tuple[str, str]]:
    """Readers, writers, owner and day of review of a page, those that there are."""
    wide = _("everybody who reads it and may write the wiki")
    if page.protected_because:
        writers = _("its owner and the administrators")
    day = page.review_on
    told = (
        (_("Read by"), readers),
        (_("Written by"), _("decisions only") if page.is_rule else writers or wide),
        (_("Looked after by"), page.owner or ""),
        (_("To look at again on"), format_date(day, "d MMMM y", get_locale()) if day else ""),
    )
    return [(name, words) for name, words in told if words]
