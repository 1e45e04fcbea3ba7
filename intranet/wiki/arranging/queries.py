"""The pages of one level of the tree, as somebody puts them in order."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import exists, func, select
from sqlalchemy.orm import aliased

from intranet.core.transaction import Reader
from intranet.wiki.models import Page, PageKind
from intranet.wiki.queries import PageCard, page_card
from intranet.wiki.reading import PageRef
from intranet.wiki.visibility import listed

MOST = 500


@dataclass(frozen=True)
class Row:
    """A page of the level. `is_fixed`: a rule, or above one, which stays where it is."""

    id: int
    slug: str
    title: str
    below: int
    is_fixed: bool


@dataclass(frozen=True)
class Level:
    """The pages below one page, or at the top, and the level above."""

    page: PageCard | None
    above: PageRef | None
    rows: tuple[Row, ...]


def level(reader: Reader, slug: str = "") -> Level:
    """The pages in use directly below a page, or at the top of the tree, in a number of
    statements that does not grow. Raises NotFound."""
    page = page_card(reader, slug) if slug else None
    child = aliased(Page)
    below = (
        select(func.count())
        .where(child.parent_id == Page.id, listed(reader, child))
        .correlate(Page)
        .scalar_subquery()
    )
    rules = (
        select(Page.parent_id.label("id"))
        .where(Page.kind == PageKind.RULE, Page.parent_id.is_not(None))
        .cte(recursive=True)
    )
    rules = rules.union(select(Page.parent_id).join(rules, Page.id == rules.c.id))
    is_fixed = (Page.kind == PageKind.RULE) | exists().where(rules.c.id == Page.id)
    query = (
        select(Page.id, Page.slug, Page.title, below, is_fixed)
        .where(Page.parent_id.is_not_distinct_from(page.id if page else None), listed(reader))
        .order_by(Page.position, Page.title_key)
        .limit(MOST)
    )
    rows = tuple(Row(*row) for row in reader.session.execute(query))
    return Level(page, _above(reader, page), rows)


def _above(reader: Reader, page: PageCard | None) -> PageRef | None:
    if page is None:
        return None
    own = aliased(Page)
    query = select(Page.slug, Page.title).join(own, own.parent_id == Page.id)
    row = reader.session.execute(query.where(own.id == page.id, listed(reader))).one_or_none()
    return PageRef(*row) if row else None


def level_of(reader: Reader, page_id: int) -> str:
    """The slug of the page below which a page stands, "" at the top or when it is not seen."""
    own = aliased(Page)
    query = select(Page.slug).join(own, own.parent_id == Page.id)
    return reader.session.scalar(query.where(own.id == page_id, listed(reader))) or ""
