"""Places in the tree and words on the shelf."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlalchemy import exists, func, select
from sqlalchemy.orm import Session

from intranet.core.policy import Invalid
from intranet.core.text import UnusableLine, clean_line, fold
from intranet.core.transaction import Reader
from intranet.wiki.models import Page, PageKind, PageTag
from intranet.wiki.visibility import listed

MOST_TAGS = 20
LONGEST_TAG = 50


def parent_page(reader: Reader, parent_id: int | None) -> Page | None:
    """The page to stand under, or None for the top. Raises Invalid when there is none."""
    if parent_id is None:
        return None
    found = reader.session.scalars(
        select(Page).where(Page.id == parent_id, listed(reader))
    ).one_or_none()
    if found is None:
        raise Invalid(parent="wiki.parent_unknown")
    return found


def last_place(session: Session, parent_id: int | None) -> int:
    """The position after all pages under this one."""
    query = select(func.max(Page.position)).where(Page.parent_id.is_not_distinct_from(parent_id))
    last = session.scalar(query)
    return 0 if last is None else last + 1


def refuse_ring(session: Session, page: Page, parent: Page | None) -> None:
    """Raise Invalid when the parent stands below the page, or is the page."""
    seen: set[int] = set()
    while parent is not None and parent.id not in seen:
        if parent.id == page.id:
            raise Invalid(parent="wiki.parent_inside")
        seen.add(parent.id)
        parent = session.get(Page, parent.parent_id) if parent.parent_id else None


def has_rules_below(reader: Reader, page_id: int) -> bool:
    """Whether a rule stands anywhere below a page, for whomever it is."""
    below = select(Page.id, Page.kind).where(Page.parent_id == page_id).cte(recursive=True)
    below = below.union(select(Page.id, Page.kind).join(below, Page.parent_id == below.c.id))
    return reader.session.scalar(select(exists().where(below.c.kind == PageKind.RULE))) is True


def put_at(session: Session, page: Page, parent_id: int | None, place: int | None) -> None:
    """Put a page under a parent as the nth of its pages (from 1), by default the last."""
    if place is None:
        page.position = last_place(session, parent_id)
        page.parent_id = parent_id
        return
    order = [one for one in siblings_of(session, parent_id) if one.id != page.id]
    put_in_order(page, parent_id, order, max(place - 1, 0))


def siblings_of(session: Session, parent_id: int | None) -> list[Page]:
    """All pages under one page, or at the top, in their order."""
    query = select(Page).where(Page.parent_id.is_not_distinct_from(parent_id))
    return list(session.scalars(query.order_by(Page.position, Page.title_key)))


def put_in_order(page: Page, parent_id: int | None, others: Sequence[Page], at: int) -> None:
    """Put a page under a parent among its other pages, with `at` of them before it."""
    order = [*others[:at], page, *others[at:]]
    page.parent_id = parent_id
    for position, one in enumerate(order):
        if one.position != position:
            one.position = position


def clean_tags(session: Session, tags: Iterable[str]) -> set[str]:
    """Tags as they are stored: each once, written as elsewhere in the wiki. Raises Invalid."""
    try:
        cleaned = {clean_line(tag, LONGEST_TAG) for tag in tags if tag.strip()}
    except UnusableLine as problem:
        raise Invalid(tags="wiki.tag_too_long") from problem
    known = {fold(tag): tag for tag in session.scalars(select(PageTag.tag).distinct())}
    found = {known.setdefault(fold(tag), tag) for tag in sorted(cleaned)}
    if len(found) > MOST_TAGS:
        raise Invalid(tags="wiki.tag_too_long")
    return found


def retag(session: Session, page_id: int, seen: set[str], wanted: set[str]) -> bool:
    """Add and take away what somebody changed on the tags they saw; others' changes stay."""
    query = select(PageTag).where(PageTag.page_id == page_id)
    present = {row.tag: row for row in session.scalars(query)}
    added = wanted - seen - present.keys()
    removed = (seen - wanted) & present.keys()
    session.add_all(PageTag(page_id=page_id, tag=tag) for tag in sorted(added))
    for tag in removed:
        session.delete(present[tag])
    return bool(added or removed)
