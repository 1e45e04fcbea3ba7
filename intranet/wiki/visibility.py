"""Which pages somebody may know of: one condition for every list and every page."""

from __future__ import annotations

from sqlalchemy import ColumnElement, and_, select, true

from intranet.core.transaction import Reader
from intranet.members.statuses import Audience
from intranet.wiki.models import Page


def audiences(reader: Reader) -> list[str]:
    """The audiences of the texts this person may read; the system reads everything."""
    if reader.actor.is_system:
        named = reader.session.scalars(select(Page.audience).distinct())
        return sorted({*map(str, Audience), *named})
    return sorted(map(str, reader.actor.audiences))


def visible(reader: Reader, page: type[Page] = Page) -> ColumnElement[bool]:
    """The condition that the reader may know of a page."""
    return true() if reader.actor.is_system else page.audience.in_(audiences(reader))


def listed(reader: Reader, page: type[Page] = Page) -> ColumnElement[bool]:
    """The condition that a page stands in lists: the reader may know of it, and it is in use."""
    return and_(visible(reader, page), page.archived_at.is_(None), page.trashed_at.is_(None))
