"""Pages of the wiki."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, String, and_, cast, func, literal, or_, select
from sqlalchemy.orm import Session

from intranet.core.transaction import Reader
from intranet.members import queries as members
from intranet.members.models import Person
from intranet.members.statuses import is_open_to
from intranet.search.port import Document
from intranet.search.sources.source import (
    CHUNK,
    Ids,
    Source,
    among,
    each,
    grouped,
    linked_boost,
    numbers,
    recent_boost,
)
from intranet.wiki.addresses import page_address
from intranet.wiki.models import (
    Page,
    PageKind,
    PageLink,
    PageTag,
    Rendering,
    Revision,
)
from intranet.wiki.repeals import RuleRepeal
from intranet.wiki.visibility import listed

RULE_BOOST = 1.2
DEEPEST = 12


def in_use(reader: Reader) -> ColumnElement[bool]:
    """What the index holds: pages that stand in lists, and are no drafts."""
    return and_(listed(reader), Page.is_draft.is_(False))


def _pages(reader: Reader, ids: Ids | None) -> Iterator[Document]:
    chosen = among(Page.id, numbers(ids))
    rows = reader.session.execute(
        select(Page, Rendering.plain, Rendering.contents, Revision.at)
        .join(Rendering, Rendering.revision_id == Page.current_revision_id)
        .join(Revision, Revision.id == Page.current_revision_id)
        .where(chosen, in_use(reader))
        .execution_options(yield_per=CHUNK)
    )
    beside = _Beside(reader, ids)
    return each(rows, lambda row: _page(row, beside), lambda row: f"page {row[0].id}")


class _Beside:
    """What is known of pages from other tables, read once for all of them."""

    def __init__(self, reader: Reader, ids: Ids | None) -> None:
        self.session: Session = reader.session
        self.now: datetime = reader.now
        chosen = numbers(ids)
        tags = select(PageTag.page_id, PageTag.tag).where(among(PageTag.page_id, chosen))
        self.tags = grouped((row[0], row[1]) for row in self.session.execute(tags))
        links = (
            select(PageLink.target_page_id, func.count(PageLink.page_id.distinct()))
            .where(among(PageLink.target_page_id, chosen), PageLink.target_page_id.is_not(None))
            .group_by(PageLink.target_page_id)
        )
        self.links: Mapping[int | None, int] = {
            row[0]: row[1] for row in self.session.execute(links)
        }
        wrote = (
            select(Revision.page_id, Person.name)
            .join(Person, Person.id == Revision.author_id)
            .where(among(Revision.page_id, chosen))
            .distinct()
        )
        self.authors = grouped((row[0], row[1]) for row in self.session.execute(wrote))
        self._places: dict[int, Any] = {}
        ended = select(RuleRepeal.page_id).where(
            among(RuleRepeal.page_id, chosen), RuleRepeal.repealed_on <= members.today(reader)
        )
        self.repealed = frozenset(self.session.scalars(ended))

    def places(self, page: Page) -> Iterable[tuple[str, str]]:
        """The pages above, nearest first, and the page itself, by address and by name; without
        those that some of its readers may not know of."""
        number: int | None = page.id
        for _ in range(DEEPEST):
            if number is None:
                return
            place = self._place(number)
            number = place.parent_id
            if is_open_to(place.audience, page.audience):
                yield "in", place.slug
                yield "in", place.title

    def _place(self, number: int) -> Any:
        if number not in self._places:
            query = select(Page.parent_id, Page.slug, Page.title, Page.audience)
            query = query.where(Page.id == number)
            self._places[number] = self.session.execute(query).one()
        return self._places[number]


def _page(row: Any, beside: _Beside) -> Document:
    page, plain, contents, at = row
    toc = json.loads(contents)["toc"]
    is_rule = page.kind == PageKind.RULE
    authors = (("author", name) for name in beside.authors.get(page.id, ()))
    return Document(
        key=f"page:{page.id}",
        kind="page",
        title=page.title,
        body=plain,
        url=page_address(page.slug),
        audience=page.audience,
        language=page.language,
        headings=tuple(title for _, title, _ in toc),
        anchors=tuple(anchor for _, _, anchor in toc),
        tags=tuple(beside.tags.get(page.id, ())),
        labels=(*authors, *beside.places(page)),
        source=page.source_path or "",
        state="repealed" if page.id in beside.repealed else "rule" if is_rule else "",
        dated_on=at.date(),
        boosts=(
            *((("rule", RULE_BOOST),) if is_rule else ()),
            *linked_boost(beside.links.get(page.id, 0)),
            *recent_boost((beside.now - at).days),
        ),
    )


def _pages_seen(reader: Reader, ids: Ids) -> Select[str, str]:
    return select(literal("page"), cast(Page.id, String)).where(
        Page.id.in_(numbers(ids) or []), in_use(reader)
    )


def pages_below(reader: Reader, page_ids: Iterable[int]) -> set[int]:
    """These pages and all that stand below them, which carry their places."""
    found = set(page_ids)
    level = set(found)
    for _ in range(DEEPEST):
        query = select(Page.id).where(Page.parent_id.in_(level))
        level = set(reader.session.scalars(query)) - found
        if not level:
            break
        found |= level
    return found


def out_of_force(reader: Reader, keys: Collection[str]) -> Mapping[str, str]:
    """Those of these documents that are rules which do not apply today: "repealed" ones, and those
    whose first text is still "coming". Asked as results are shown, because the day decides."""
    ids = [int(key.partition(":")[2]) for key in keys if key.startswith("page:")]
    if not ids:
        return {}
    day = members.today(reader)
    rows = reader.session.execute(
        select(Page.id, RuleRepeal.repealed_on)
        .join(Revision, Revision.id == Page.current_revision_id)
        .outerjoin(RuleRepeal, RuleRepeal.page_id == Page.id)
        .where(Page.id.in_(ids), or_(RuleRepeal.repealed_on <= day, Revision.in_force_on > day))
    )
    return {
        f"page:{number}": "repealed" if ended and ended <= day else "coming"
        for number, ended in rows
    }


PAGES = Source("page", _pages, _pages_seen)
