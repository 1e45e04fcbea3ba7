"""What other rooms ask of the wiki: pages by name, rules, what changed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from urllib.parse import urlsplit

from sqlalchemy import ColumnElement, bindparam, select

from intranet.core.db import run
from intranet.core.policy import NotFound
from intranet.core.text import slugify
from intranet.core.transaction import Reader
from intranet.members.models import Person
from intranet.wiki.corrections.models import KIND_SHOWN
from intranet.wiki.directory import own_slug, title_key
from intranet.wiki.models import FormerSlug, Page, PageKind, Revision, RevisionBlock
from intranet.wiki.visibility import listed, visible


@dataclass(frozen=True)
class PageCard:
    """A page as a list or a form shows it."""

    id: int
    slug: str
    title: str
    kind: str
    layer: str | None
    audience: str

    @property
    def is_rule(self) -> bool:
        """Whether the page changes only by a decision."""
        return self.kind == PageKind.RULE


@dataclass(frozen=True)
class Change:
    """One revision in the list of what changed."""

    page: PageCard
    number: int
    kind: str
    title: str
    at: datetime
    author_id: int | None
    author: str | None
    summary: str
    minor: bool
    decision_number: str | None
    in_force_on: date | None
    revision_id: int


_CARD = (Page.id, Page.slug, Page.title, Page.kind, Page.layer, Page.audience)
_NUMBER = select(Page.id).where(Page.slug == bindparam("slug"))
_FORMER = select(FormerSlug.page_id).where(FormerSlug.slug == bindparam("slug"))


def _card(values: Sequence[Any]) -> PageCard:
    return PageCard(*values)


def page_card(reader: Reader, slug: str) -> PageCard:
    """The page at this address. Raises NotFound when there is none, or not for this reader."""
    row = reader.session.execute(
        select(*_CARD).where(Page.slug == slug, visible(reader))
    ).one_or_none()
    if row is None:
        raise NotFound
    return _card(row)


def page_id(reader: Reader, slug: str) -> int:
    """The number of the page at this address, or of the one that once was there, for a command
    that asks by itself who may see it. Raises NotFound when there is none.
    """
    asked = {"slug": slug}
    number: int | None = run(reader.session, _NUMBER, asked).scalar_one_or_none()
    number = number or run(reader.session, _FORMER, asked).scalar_one_or_none()
    if number is None:
        raise NotFound
    return number


def page_named(reader: Reader, typed: str) -> PageCard:
    """The page that somebody names by its title, or by its address. Raises NotFound."""
    name = typed.strip()
    own = Page.title_key == title_key(name)
    row = reader.session.execute(select(*_CARD).where(own, visible(reader))).one_or_none()
    return _card(row) if row else page_card(reader, own_slug(urlsplit(name).path) or slugify(name))


def page_cards(reader: Reader, page_ids: Iterable[int]) -> dict[int, PageCard]:
    """These pages by number, without those the reader may not see, in one query."""
    query = select(*_CARD).where(Page.id.in_(set(page_ids)), visible(reader))
    return {row.id: _card(row) for row in reader.session.execute(query)}


def rules(reader: Reader) -> list[PageCard]:
    """The rules in use, by rank and name: what an amendment can be about."""
    query = select(*_CARD).where(Page.kind == PageKind.RULE, listed(reader))
    return [_card(row) for row in reader.session.execute(query.order_by(Page.title_key))]


def ordinary_titles(reader: Reader, limit: int = 500) -> list[str]:
    """The titles of ordinary pages in use, by name: what could become a rule."""
    query = select(Page.title).where(Page.kind == PageKind.ORDINARY, listed(reader))
    return list(reader.session.scalars(query.order_by(Page.title_key).limit(limit)))


def decided_blocks(reader: Reader, revision_id: int) -> dict[str, tuple[str, ...]]:
    """By decision, the paragraphs of a revision that bear its number, in their order."""
    rows = reader.session.execute(
        select(RevisionBlock.decision_number, RevisionBlock.block_id)
        .where(RevisionBlock.revision_id == revision_id)
        .where(RevisionBlock.decision_number.is_not(None))
        .order_by(RevisionBlock.position)
    )
    found: dict[str, tuple[str, ...]] = {}
    for number, block_id in rows:
        assert number is not None  # noqa: S101
        found[number] = (*found.get(number, ()), block_id)
    return found


_CHANGE = (
    Revision.number,
    KIND_SHOWN,
    Revision.title,
    Revision.at,
    Revision.author_id,
    Person.name,
    Revision.summary,
    Revision.minor,
    Revision.decision_number,
    Revision.in_force_on,
    Revision.id,
)


def recent_changes(
    reader: Reader,
    limit: int = 50,
    before_id: int | None = None,
    *,
    minor: bool = True,
    only: Sequence[ColumnElement[bool]] = (),
) -> list[Change]:
    """The newest revisions of pages in use, the newest first; `before_id` goes on from there,
    `only` are further conditions on the page or the revision."""
    query = (
        select(*_CARD, *_CHANGE)
        .join(Page, Page.id == Revision.page_id)
        .outerjoin(Person, Person.id == Revision.author_id)
        .where(listed(reader), *only)
        .order_by(Revision.id.desc())
        .limit(limit)
    )
    if before_id is not None:
        query = query.where(Revision.id < before_id)
    if not minor:
        query = query.where(Revision.minor.is_(False))
    return [_change(row) for row in reader.session.execute(query)]


def _change(values: Sequence[Any]) -> Change:
    return Change(_card(values[:6]), *values[6:])
