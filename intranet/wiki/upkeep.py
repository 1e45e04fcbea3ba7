"""What the wiki asks to be put in order: pages wanted, pages alone, links that lead nowhere.

Each list is filtered for its reader, and comes fifty at a time.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from sqlalchemy import ColumnElement, Select, exists, func, or_, select
from sqlalchemy.orm import aliased

from intranet.core.markdown_links import anchor
from intranet.core.transaction import Reader
from intranet.wiki.models import Page, PageLink, Rendering
from intranet.wiki.reading import PageRef
from intranet.wiki.visibility import listed, visible

PER_PAGE = 50
MOST_LINKING = 10
MOST_SECTIONS = 5000

T = TypeVar("T")


@dataclass(frozen=True)
class Part(Generic[T]):
    """Some of a long list: the page `number` of `pages`, from 1."""

    entries: Sequence[T]
    number: int
    pages: int
    total: int


@dataclass(frozen=True)
class Wanted:
    """A name that texts link to and that no page has; `wanted_by` are the first of them."""

    target: str
    times: int
    wanted_by: tuple[PageRef, ...]


@dataclass(frozen=True)
class Broken:
    """A link on a page that leads nowhere: to a file that is not here (`file`), or to a section
    that the page has no more (`section`)."""

    kind: str
    target: str
    page: PageRef


def _bounds(total: int, number: int) -> tuple[int, int]:
    pages = max(1, -(-total // PER_PAGE))
    return min(max(number, 1), pages), pages


def _unseen(reader: Reader) -> ColumnElement[bool]:
    """A link to nothing, or to what this reader may not see: for them the same."""
    target = aliased(Page)
    is_there = visible(reader, target) & target.trashed_at.is_(None)
    seen = exists().where(target.id == PageLink.target_page_id, is_there)
    return or_(PageLink.target_page_id.is_(None), ~seen)


def _missing(reader: Reader) -> Select[Any]:
    """The links to pages that are missing, on pages in use."""
    query = select(PageLink.target_key).join(Page, Page.id == PageLink.page_id)
    return query.where(PageLink.kind == "page", _unseen(reader), listed(reader))


def wanted(reader: Reader, number: int = 1) -> Part[Wanted]:
    """Names that texts link to in vain, the most wanted first. A page this reader may not see
    counts as missing, as it does in the texts they read."""
    names = func.count(func.distinct(PageLink.target_key))
    total = reader.session.scalar(_missing(reader).with_only_columns(names)) or 0
    number, pages = _bounds(total, number)
    times = func.count(func.distinct(PageLink.page_id))
    query = _missing(reader).add_columns(times).group_by(PageLink.target_key)
    query = query.order_by(times.desc(), PageLink.target_key)
    rows = reader.session.execute(query.limit(PER_PAGE).offset((number - 1) * PER_PAGE)).all()
    found: dict[str, tuple[str, list[PageRef]]] = {key: ("", []) for key, _times in rows}
    linking = _missing(reader).add_columns(PageLink.target, Page.slug, Page.title).distinct()
    linking = linking.where(PageLink.target_key.in_(found)).order_by(Page.title)
    for key, target, slug, title in reader.session.execute(linking):
        named, refs = found[key]
        if PageRef(slug, title) not in refs:
            refs.append(PageRef(slug, title))
        found[key] = (named or _without_section(target, key), refs)
    entries = [Wanted(found[key][0], n, tuple(found[key][1][:MOST_LINKING])) for key, n in rows]
    return Part(entries, number, pages, total)


def _without_section(target: str, key: str) -> str:
    """The name as it was typed. The key says whether a # in it belongs to the name."""
    return target if "#" in key else target.rpartition("#")[0] or target


def orphans(reader: Reader, number: int = 1) -> Part[PageRef]:
    """Pages that stand at the top of the tree for this reader, with none below, to which no page
    they may see links."""
    source, child, parent = aliased(Page), aliased(Page), aliased(Page)
    linked = (
        exists()
        .where(PageLink.target_page_id == Page.id, PageLink.page_id != Page.id)
        .where(source.id == PageLink.page_id, listed(reader, source))
    )
    has_children = exists().where(child.parent_id == Page.id, listed(reader, child))
    is_below = exists().where(parent.id == Page.parent_id, listed(reader, parent))
    alone = select(Page.slug, Page.title).where(~is_below, ~linked, ~has_children, listed(reader))
    total = reader.session.scalar(alone.with_only_columns(func.count())) or 0
    number, pages = _bounds(total, number)
    query = alone.order_by(Page.title_key).limit(PER_PAGE).offset((number - 1) * PER_PAGE)
    return Part([PageRef(*row) for row in reader.session.execute(query)], number, pages, total)


def broken(reader: Reader, number: int = 1) -> Part[Broken]:
    """Links that lead nowhere though no page is wanted: to files that are not here, and to
    sections that a page does not have."""
    found = sorted(
        [*_files(reader), *_sections(reader)], key=lambda b: (b.kind, b.page.title, b.target)
    )
    number, pages = _bounds(len(found), number)
    start = (number - 1) * PER_PAGE
    return Part(found[start : start + PER_PAGE], number, pages, len(found))


def _files(reader: Reader) -> list[Broken]:
    away = [PageLink.target.startswith(f"/{room}/") for room in ("decisions", "proposals")]
    query = (
        select(PageLink.target, Page.slug, Page.title)
        .join(Page, Page.id == PageLink.page_id)
        .where(PageLink.kind == "path", ~or_(*away), _unseen(reader), listed(reader))
        .distinct()
    )
    rows = reader.session.execute(query.limit(MOST_SECTIONS))
    return [Broken("file", target, PageRef(slug, title)) for target, slug, title in rows]


def _sections(reader: Reader) -> list[Broken]:
    target = aliased(Page)
    query = (
        select(PageLink.target, PageLink.target_key, Rendering.html, Page.slug, Page.title)
        .join(Page, Page.id == PageLink.page_id)
        .join(target, target.id == PageLink.target_page_id)
        .join(Rendering, Rendering.revision_id == target.current_revision_id)
        .where(PageLink.kind == "page", PageLink.target.contains("#"))
        .where(listed(reader), visible(reader, target))
        .distinct()
    )
    found = []
    for typed, key, html, slug, title in reader.session.execute(query.limit(MOST_SECTIONS)):
        section = "" if "#" in key else typed.rpartition("#")[2]
        if section and f'id="{anchor(section)}"' not in html:
            found.append(Broken("section", typed, PageRef(slug, title)))
    return found
