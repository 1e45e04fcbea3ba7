"""Lists of pages, each filtered for its reader: archived, tagged, of one name."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, or_, select

from intranet.core.transaction import Reader
from intranet.wiki.models import Page, PageTag
from intranet.wiki.reading import PageRef
from intranet.wiki.visibility import listed, visible

MOST = 500


@dataclass(frozen=True)
class Archived:
    """A page that was put away, when and why."""

    page: PageRef
    at: datetime
    because: str


def archived(reader: Reader) -> list[Archived]:
    """Pages that were put away, the latest first."""
    query = (
        select(Page.slug, Page.title, Page.archived_at, Page.archived_because)
        .where(Page.archived_at.is_not(None), Page.trashed_at.is_(None), visible(reader))
        .order_by(Page.archived_at.desc())
        .limit(MOST)
    )
    rows = reader.session.execute(query)
    return [
        Archived(PageRef(slug, title), at, because or "")
        for slug, title, at, because in rows
        if at is not None
    ]


def tags(reader: Reader) -> list[tuple[str, int]]:
    """Every tag with the number of pages under it that this reader may see."""
    query = (
        select(PageTag.tag, func.count())
        .join(Page, Page.id == PageTag.page_id)
        .where(listed(reader))
        .group_by(PageTag.tag)
        .order_by(PageTag.tag)
    )
    return [(tag, number) for tag, number in reader.session.execute(query)]


def tagged(reader: Reader, tag: str) -> list[PageRef]:
    """The pages filed under a tag, by name."""
    query = (
        select(Page.slug, Page.title)
        .join(PageTag, PageTag.page_id == Page.id)
        .where(PageTag.tag == tag, listed(reader))
        .order_by(Page.title_key)
        .limit(MOST)
    )
    return [PageRef(*row) for row in reader.session.execute(query)]


def page_named(reader: Reader, title_key: str) -> PageRef | None:
    """The page of this name, else of this slug, when this reader may see it."""
    query = (
        select(Page.slug, Page.title)
        .where(or_(Page.title_key == title_key, Page.slug == title_key), visible(reader))
        .order_by((Page.title_key == title_key).desc())
    )
    row = reader.session.execute(query).first()
    return PageRef(*row) if row else None
