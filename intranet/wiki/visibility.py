"""Which pages somebody may know of: one condition for every list and every page."""

from __future__ import annotations

from sqlalchemy import ColumnElement, and_

from intranet.core.transaction import Reader
from intranet.members.statuses import Audience
from intranet.wiki.models import Page


def audiences(reader: Reader) -> list[str]:
    """The audiences of the texts this person may read; the system reads everything."""
    known = frozenset(map(str, Audience))
    return sorted(known if reader.actor.is_system else known & reader.actor.audiences)


def visible(reader: Reader, page: type[Page] = Page) -> ColumnElement[bool]:
    """The condition that the reader may know of a page."""
    return page.audience.in_(audiences(reader))


def listed(reader: Reader, page: type[Page] = Page) -> ColumnElement[bool]:
    """The condition that a page stands in lists: the reader may know of it, and it is in use."""
    return and_(visible(reader, page), page.archived_at.is_(None), page.trashed_at.is_(None))
