"""Pages that others begin with: those filed under the word that says so, each for its branch."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import exists, select

from intranet.core.text import fold
from intranet.core.transaction import Reader
from intranet.wiki.models import Page, PageTag
from intranet.wiki.visibility import listed

TEMPLATE_TAGS = frozenset({"modele", "modele de page", "template", "page template"})
"""Folded: a member files a page under one of these words to make it a template."""


@dataclass(frozen=True)
class PageTemplate:
    """A page to begin with; `branch` names the page it stands below, nothing at the top."""

    slug: str
    title: str
    branch: str


def page_templates(reader: Reader, parent_id: int | None) -> list[PageTemplate]:
    """The templates for a page below this one, the nearest first: those that stand below it or
    below one above it, and those at the top, which are for everywhere. Without a parent, all."""
    words = [tag for tag in reader.session.scalars(select(PageTag.tag).distinct()) if _says_so(tag)]
    if not words:
        return []
    is_template = exists().where(PageTag.page_id == Page.id, PageTag.tag.in_(words))
    query = select(Page.slug, Page.title, Page.parent_id).where(is_template, listed(reader))
    found = reader.session.execute(query.order_by(Page.title_key)).all()
    above = _branch(reader)
    chain = _chain(above, parent_id)
    fitting = [row for row in found if parent_id is None or row.parent_id in chain]
    if parent_id is not None:
        fitting.sort(key=lambda row: chain.index(row.parent_id))
    names = {page_id: title for page_id, (title, _parent) in above.items()}
    return [PageTemplate(row.slug, row.title, names.get(row.parent_id, "")) for row in fitting]


def _says_so(tag: str) -> bool:
    return fold(tag) in TEMPLATE_TAGS


def _branch(reader: Reader) -> dict[int, tuple[str, int | None]]:
    query = select(Page.id, Page.title, Page.parent_id).where(listed(reader))
    return {row.id: (row.title, row.parent_id) for row in reader.session.execute(query)}


def _chain(above: dict[int, tuple[str, int | None]], page_id: int | None) -> list[int | None]:
    """The page, those above it, and the top."""
    chain: list[int | None] = []
    while page_id in above and page_id not in chain:
        chain.append(page_id)
        page_id = above[page_id][1]
    return [*chain, None]
