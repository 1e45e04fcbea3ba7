"""A page as it is read: the text in force on a day, and what stands around it."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sqlalchemy import and_, bindparam, exists, func, literal, null, or_, select, union_all
from sqlalchemy.orm import aliased

from intranet.core.policy import NotFound
from intranet.core.transaction import Reader
from intranet.members.models import Person
from intranet.wiki.attachments.models import PageFile
from intranet.wiki.models import FormerSlug, Page, PageKind, PageLink, PageTag, Rendering, Revision
from intranet.wiki.readings.models import ReadingRequest
from intranet.wiki.repeals import RuleRepeal
from intranet.wiki.standing import STANDING, Standing
from intranet.wiki.visibility import audiences

MOST_CHILDREN = 200
MOST_BACKLINKS = 100


@dataclass(frozen=True)
class PageRef:
    """A page as a link needs it."""

    slug: str
    title: str


@dataclass(frozen=True)
class Coming:
    """A text already adopted that applies from a later day."""

    number: int
    in_force_on: date
    decision_number: str


@dataclass(frozen=True)
class Surroundings:
    """What stands around a page: above it, below it, its words, and who links to it."""

    ancestors: tuple[PageRef, ...] = ()
    children: tuple[PageRef, ...] = ()
    tags: tuple[str, ...] = ()
    backlinks: tuple[PageRef, ...] = ()


@dataclass(frozen=True)
class PageView(Standing):
    """A page as it is read on a day. `html` is safe and stored; nothing is rendered to read it.

    `head_id` is the newest revision, the base of the next change; `revision_id` the one shown.
    `name_then` is what the page was called when the text shown was written.
    `is_coming` says that the text shown applies only from `in_force_on`, `is_repealed` that the
    rule is no longer in force on the day. A correction of the writing leaves the decision and the
    day of force of the text that it mends.
    """

    id: int
    parent_id: int | None
    slug: str
    title: str
    kind: str
    layer: str | None
    language: str
    audience: str
    version: int
    created_at: datetime
    archived_at: datetime | None
    archived_because: str | None
    trashed_at: datetime | None
    trashed_because: str | None
    repealed_on: date | None
    repealed_by: str | None
    source_path: str | None
    has_numbers: bool
    deciders: str
    deciders_decision: str | None
    revision_id: int
    number: int
    at: datetime
    author_id: int | None
    author: str | None
    summary: str
    name_then: str
    decision_number: str | None
    in_force_on: date | None
    head_id: int
    is_reading_asked: bool
    files: int
    html: str
    toc: tuple[tuple[int, str, str], ...]
    facts: tuple[tuple[str, str], ...]
    is_coming: bool
    is_repealed: bool
    coming: Coming | None
    around: Surroundings = field(default_factory=Surroundings)

    @property
    def is_rule(self) -> bool:
        """Whether the page changes only by a decision."""
        return self.kind == PageKind.RULE


_FOR_READER = Page.audience.in_(bindparam("audiences", expanding=True))
_IN_USE = and_(_FOR_READER, Page.archived_at.is_(None), Page.trashed_at.is_(None))
_OF_PAGE = select(Revision.id).where(Revision.page_id == Page.id).correlate(Page).limit(1)
_APPLIES = or_(
    and_(Revision.in_force_on.is_not(None), Revision.in_force_on <= bindparam("on")),
    and_(Revision.in_force_on.is_(None), Revision.at <= bindparam("until")),
)
_NEWEST = _OF_PAGE.order_by(Revision.number.desc()).scalar_subquery()
_IN_FORCE = func.coalesce(
    _OF_PAGE.where(_APPLIES).order_by(Revision.number.desc()).scalar_subquery(),
    _OF_PAGE.order_by(Revision.number).scalar_subquery(),
)
_Head, _Decided = aliased(Revision), aliased(Revision)
_LAST_DECIDED = (
    select(_Decided.id)
    .where(_Decided.page_id == Page.id, _Decided.number <= Revision.number)
    .where(_Decided.decision_number.is_not(None))
    .order_by(_Decided.number.desc())
    .limit(1)
    .correlate(Page, Revision)
    .scalar_subquery()
)
_Made = aliased(Revision)
_READING_ASKED = (
    exists()
    .where(ReadingRequest.page_id == Page.id, ReadingRequest.ended_at.is_(None))
    .correlate(Page)
)
_FILES = (
    select(func.count())
    .where(PageFile.page_id == Page.id, PageFile.removed_at.is_(None))
    .correlate(Page)
    .scalar_subquery()
)
_READING = (
    select(
        Page.id,
        Page.parent_id,
        Page.slug,
        Page.title,
        Page.kind,
        Page.layer,
        Page.language,
        Page.audience,
        Page.version,
        Page.created_at,
        Page.archived_at,
        Page.archived_because,
        Page.trashed_at,
        Page.trashed_because,
        RuleRepeal.repealed_on,
        RuleRepeal.decision_number.label("repealed_by"),
        Page.source_path,
        Page.has_numbers,
        Page.deciders,
        Page.deciders_decision,
        Revision.id.label("revision_id"),
        Revision.number,
        Revision.at,
        Revision.author_id,
        Person.name.label("author"),
        Revision.summary,
        Revision.title.label("name_then"),
        _Made.decision_number,
        _Made.in_force_on,
        _Head.id.label("head_id"),
        _Head.number.label("head_number"),
        _Head.in_force_on.label("head_in_force_on"),
        _Head.decision_number.label("head_decision_number"),
        _READING_ASKED.label("is_reading_asked"),
        _FILES.label("files"),
        *STANDING,
        Rendering.html,
        Rendering.contents,
    )
    .join(Revision, Revision.id == _IN_FORCE)
    .join(_Head, _Head.id == _NEWEST)
    .join(Rendering, Rendering.revision_id == Revision.id)
    .outerjoin(_Made, _Made.id == _LAST_DECIDED)
    .outerjoin(RuleRepeal, RuleRepeal.page_id == Page.id)
    .outerjoin(Person, Person.id == Revision.author_id)
    .where(Page.slug == bindparam("slug"))
    .where(_FOR_READER)
)


def _chain() -> Any:
    """The pages above the page `of`, the nearest first, whether the reader may see them or not."""
    start = select(Page.parent_id.label("id"), literal(1).label("height")).where(
        Page.id == bindparam("of")
    )
    chain = start.cte("above", recursive=True)
    chain = chain.union_all(
        select(Page.parent_id, chain.c.height + 1).join(chain, Page.id == chain.c.id)
    )
    return (
        select(literal("above").label("place"), chain.c.height, Page.slug, Page.title)
        .join(Page, Page.id == chain.c.id)
        .where(_IN_USE)
    )


def _beside() -> tuple[Any, ...]:
    below = (
        select(literal("below"), Page.position, Page.slug, Page.title)
        .where(Page.parent_id == bindparam("of"), _IN_USE)
        .order_by(Page.position, Page.title_key)
        .limit(MOST_CHILDREN)
    )
    words = select(literal("tag"), literal(0), PageTag.tag, null()).where(
        PageTag.page_id == bindparam("of")
    )
    linking = (
        select(literal("link"), literal(0), Page.slug, Page.title)
        .join(PageLink, PageLink.page_id == Page.id)
        .where(PageLink.target_page_id == bindparam("of"), Page.id != bindparam("of"), _IN_USE)
        .distinct()
        .order_by(Page.title)
        .limit(MOST_BACKLINKS)
    )
    return below.subquery().select(), words, linking.subquery().select()


_AROUND = union_all(_chain(), *_beside())


def _view(row: Any, on: date, until: datetime, around: Surroundings) -> PageView:
    values = dict(row._mapping)
    contents = json.loads(values.pop("contents"))
    number, day = values.pop("head_number"), values.pop("head_in_force_on")
    decision = values.pop("head_decision_number")
    is_coming = (row.in_force_on is not None and row.in_force_on > on) or row.at > until
    is_later = number > row.number and day is not None and day > on
    return PageView(
        **values,
        toc=tuple((level, words, anchor) for level, words, anchor in contents["toc"]),
        facts=tuple((name, words) for name, words in contents["facts"]),
        is_coming=is_coming,
        is_repealed=row.repealed_on is not None and row.repealed_on <= on,
        coming=Coming(number, day, decision) if is_later else None,
        around=around,
    )


def _around(reader: Reader, page_id: int) -> Surroundings:
    rows = reader.session.execute(_AROUND, {"of": page_id, "audiences": audiences(reader)})
    found: dict[str, list[tuple[int, PageRef]]] = {"above": [], "below": [], "tag": [], "link": []}
    for place, position, slug, title in rows:
        found[place].append((position, PageRef(slug, title)))
    above = sorted(found["above"], key=lambda pair: -pair[0])
    below = sorted(found["below"], key=lambda pair: pair[0])
    links = sorted((ref for _, ref in found["link"]), key=lambda ref: ref.title.casefold())
    return Surroundings(
        tuple(ref for _, ref in above),
        tuple(ref for _, ref in below),
        tuple(sorted(ref.slug for _, ref in found["tag"])),
        tuple(links),
    )


def page_by_slug(reader: Reader, slug: str, on: date, *, until: datetime | None = None) -> PageView:
    """The page at this address as its text applies on a day, in two statements.

    `until` is the last instant whose edits count, by default now; give the end of the day to read
    the text of a day that is past. Raises NotFound when there is none, or not for this reader.
    """
    limit = until or reader.now
    values = {"slug": slug, "on": on, "until": limit, "audiences": audiences(reader)}
    row = reader.session.execute(_READING, values).one_or_none()
    if row is None:
        raise NotFound
    return _view(row, on, limit, _around(reader, row.id))


def address_of_former(reader: Reader, slug: str) -> str | None:
    """The present address of a page that once had this one, or None."""
    query = (
        select(Page.slug)
        .join(FormerSlug, FormerSlug.page_id == Page.id)
        .where(FormerSlug.slug == slug, Page.audience.in_(audiences(reader)))
    )
    return reader.session.scalars(query).one_or_none()
