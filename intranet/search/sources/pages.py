"""Pages of the wiki, and the earlier wordings of rules."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, String, and_, cast, func, literal, select
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
    ParagraphChange,
    Rendering,
    Revision,
)
from intranet.wiki.repeals import repealed_by
from intranet.wiki.visibility import listed

RULE_BOOST = 1.2
DEEPEST = 12


def _in_use(reader: Reader) -> ColumnElement[bool]:
    """What the index holds: pages that stand in lists, and are no drafts."""
    return and_(listed(reader), Page.is_draft.is_(False))


def _pages(reader: Reader, ids: Ids | None) -> Iterator[Document]:
    chosen = among(Page.id, numbers(ids))
    rows = reader.session.execute(
        select(Page, Rendering.plain, Rendering.contents, Revision.at)
        .join(Rendering, Rendering.revision_id == Page.current_revision_id)
        .join(Revision, Revision.id == Page.current_revision_id)
        .where(chosen, _in_use(reader))
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
        self._places: dict[int, Row[Any]] = {}

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

    def _place(self, number: int) -> Row[Any]:
        if number not in self._places:
            columns = Page.parent_id, Page.slug, Page.title, Page.audience
            query = select(*columns).where(Page.id == number)
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
        state="rule" if is_rule else "",
        dated_on=at.date(),
        boosts=(
            *((("rule", RULE_BOOST),) if is_rule else ()),
            *linked_boost(beside.links.get(page.id, 0)),
            *recent_boost((beside.now - at).days),
        ),
    )


def _pages_seen(reader: Reader, ids: Ids) -> Select[str, str]:
    return select(literal("page"), cast(Page.id, String)).where(
        Page.id.in_(numbers(ids) or []), _in_use(reader)
    )


def _wordings(reader: Reader, ids: Ids | None) -> Iterator[Document]:
    """One document for each rule: the paragraphs it once had, the last ones first."""
    rows = reader.session.execute(
        select(Page, ParagraphChange.before)
        .join(ParagraphChange, ParagraphChange.page_id == Page.id)
        .where(among(Page.id, numbers(ids)), _in_use(reader), ParagraphChange.before != "")
        .order_by(Page.id, ParagraphChange.revision_id.desc(), ParagraphChange.place)
    )
    pages: dict[int, Page] = {}
    texts: dict[int, list[str]] = {}
    for page, before in rows:
        pages[page.id] = page
        texts.setdefault(page.id, []).append(before)
    return each(
        texts.items(),
        lambda item: _wording(pages[item[0]], item[1]),
        lambda item: f"earlier wordings of page {item[0]}",
    )


def _wording(page: Page, texts: list[str]) -> Document:
    return Document(
        key=f"wording:{page.id}",
        kind="wording",
        title=page.title,
        body="\n\n".join(dict.fromkeys(texts)),
        url=f"{page_address(page.slug)}/history",
        audience=page.audience,
        language=page.language,
    )


def _wordings_seen(reader: Reader, ids: Ids) -> Select[str, str]:
    return select(literal("wording"), cast(Page.id, String)).where(
        Page.id.in_(numbers(ids) or []), _in_use(reader)
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


def repealed(reader: Reader, keys: Collection[str]) -> set[str]:
    """Those of these documents that are rules which no longer apply today."""
    ids = [int(key.partition(":")[2]) for key in keys if key.startswith("page:")]
    ended = repealed_by(reader, ids, members.today(reader)) if ids else ()
    return {f"page:{number}" for number in ended}


PAGES = Source("page", _pages, _pages_seen)
WORDINGS = Source("wording", _wordings, _wordings_seen)
