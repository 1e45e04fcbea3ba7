"""Lists of pages, each filtered for its reader: wanted, orphaned, archived, tagged, linking."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, exists, func, or_, select
from sqlalchemy.orm import aliased

from intranet.core.transaction import Reader
from intranet.wiki.models import Page, PageLink, PageTag
from intranet.wiki.reading import PageRef
from intranet.wiki.visibility import listed, visible

MOST = 500


@dataclass(frozen=True)
class Wanted:
    """A page that others link to and that is not there; `kind` is page, or path for a file."""

    kind: str
    target: str
    wanted_by: tuple[PageRef, ...]


@dataclass(frozen=True)
class Archived:
    """A page that was put away, when and why."""

    page: PageRef
    at: datetime
    because: str


def wanted(reader: Reader) -> list[Wanted]:
    """What pages link to in vain, the most wanted first. A page this reader may not see counts as
    missing, as it does in the texts they read."""
    target = aliased(Page)
    seen = exists().where(
        target.id == PageLink.target_page_id, visible(reader, target), target.trashed_at.is_(None)
    )
    query = (
        select(PageLink.kind, PageLink.target_key, PageLink.target, Page.slug, Page.title)
        .join(Page, Page.id == PageLink.page_id)
        .where(_is_internal(), or_(PageLink.target_page_id.is_(None), ~seen), listed(reader))
        .order_by(PageLink.target_key, Page.title_key)
        .limit(MOST)
    )
    found: dict[tuple[str, str], Wanted] = {}
    for kind, key, typed, slug, title in reader.session.execute(query):
        earlier = found.get((kind, key), Wanted(kind, typed, ()))
        found[kind, key] = Wanted(kind, earlier.target, (*earlier.wanted_by, PageRef(slug, title)))
    return sorted(found.values(), key=lambda w: (w.kind, -len(w.wanted_by), w.target.casefold()))


def _is_internal() -> ColumnElement[bool]:
    leads_out = PageLink.target.startswith("/decisions/") | PageLink.target.startswith(
        "/proposals/"
    )
    return or_(PageLink.kind == "page", (PageLink.kind == "path") & ~leads_out)


def orphans(reader: Reader) -> list[PageRef]:
    """Pages at the top of the tree to which no page this reader may see links."""
    source = aliased(Page)
    linked = (
        exists()
        .where(PageLink.target_page_id == Page.id, PageLink.page_id != Page.id)
        .where(source.id == PageLink.page_id, listed(reader, source))
    )
    has_children = exists().where(source.parent_id == Page.id, listed(reader, source))
    query = (
        select(Page.slug, Page.title)
        .where(Page.parent_id.is_(None), ~linked, ~has_children, listed(reader))
        .order_by(Page.title_key)
        .limit(MOST)
    )
    return [PageRef(*row) for row in reader.session.execute(query)]


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
