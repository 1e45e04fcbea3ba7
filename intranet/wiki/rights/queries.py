"""What the page of rights shows: the rights of the branch above, and what below follows."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import func, select

from intranet.core.transaction import Reader
from intranet.members import queries as members
from intranet.members.audience_queries import LIST, number_in, people_on
from intranet.members.queries import PersonCard
from intranet.members.statuses import AUDIENCES, Audience
from intranet.wiki.models import Page
from intranet.wiki.reading import PageRef, PageView
from intranet.wiki.visibility import visible


@dataclass(frozen=True)
class Above:
    """The page whose rights a page follows, or would follow."""

    page: PageRef
    audience: str
    writers: str


@dataclass(frozen=True)
class RightsPage:
    """What one chooses among: the branch above, if one may see it, the people who work here, those
    named so far, and how many pages below have rights of their own."""

    above: Above | None
    people: tuple[PersonCard, ...]
    reading: frozenset[int]
    writing: frozenset[int]
    own_below: int


def rights_page(reader: Reader, page: PageView) -> RightsPage:
    """The rights around a page that the reader has been shown."""
    statuses = [one for one, opened in AUDIENCES.items() if Audience.WORKERS in opened]
    return RightsPage(
        above=_above(reader, page.parent_id) if page.parent_id else None,
        people=tuple(members.people_with_status(reader, statuses, members.today(reader))),
        reading=_named(reader, page.audience),
        writing=_named(reader, page.writers),
        own_below=_own_below(reader, page.id),
    )


def _above(reader: Reader, parent_id: int) -> Above | None:
    query = select(Page.slug, Page.title, Page.audience, Page.writers)
    row = reader.session.execute(query.where(Page.id == parent_id, visible(reader))).one_or_none()
    return Above(PageRef(row.slug, row.title), row.audience, row.writers) if row else None


def _named(reader: Reader, audience: str) -> frozenset[int]:
    number = number_in(audience) if audience.startswith(LIST) else None
    return frozenset(person for person, _ in people_on(reader, number)) if number else frozenset()


def _own_below(reader: Reader, page_id: int) -> int:
    """How many pages the reader may see directly below a page do not follow it."""
    query = select(func.count()).where(
        Page.parent_id == page_id, Page.has_own_rights.is_(True), visible(reader)
    )
    return reader.session.scalar(query) or 0
