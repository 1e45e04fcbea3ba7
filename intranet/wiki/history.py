"""What a page was: its revisions, one of them, and the difference between two."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import func, select

from intranet.core.policy import NotFound
from intranet.core.texts import Removal, TextBody, text_of
from intranet.core.transaction import Reader
from intranet.members.models import Person
from intranet.wiki.corrections.models import KIND_SHOWN
from intranet.wiki.models import Rendering, Revision
from intranet.wiki.queries import PageCard, page_card

PER_PAGE = 50


@dataclass(frozen=True)
class RevisionCard:
    """One line of a history. `renamed_from` is the name before, when this revision changed it."""

    id: int
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
    renamed_from: str = ""


@dataclass(frozen=True)
class History:
    """One page of the history of a page, the newest revision first."""

    page: PageCard
    revisions: tuple[RevisionCard, ...]
    number: int
    pages: int
    head_id: int
    head_number: int


@dataclass(frozen=True)
class OldText:
    """A revision as it was: its line in the history, its source and what it looked like."""

    page: PageCard
    revision: RevisionCard
    source: str
    html: str
    head_id: int
    head_number: int
    removal: Removal | None = None


@dataclass(frozen=True)
class Comparison:
    """Two revisions of a page, the older one first, with their sources."""

    page: PageCard
    old: RevisionCard
    new: RevisionCard
    old_text: str
    new_text: str


_BEFORE = func.lag(Revision.title).over(order_by=Revision.number).label("before")
_COLUMNS = (
    Revision.id,
    Revision.number,
    KIND_SHOWN,
    Revision.title,
    Revision.at,
    Revision.author_id,
    Person.name.label("author"),
    Revision.summary,
    Revision.minor,
    Revision.decision_number,
    Revision.in_force_on,
)


def _cards(reader: Reader, page_id: int, low: int, high: int) -> list[RevisionCard]:
    """The revisions with these numbers, the newest first; one more is read to know the name
    before."""
    query = (
        select(*_COLUMNS, _BEFORE)
        .outerjoin(Person, Person.id == Revision.author_id)
        .where(Revision.page_id == page_id, Revision.number.between(low - 1, high))
        .order_by(Revision.number.desc())
    )
    rows = reader.session.execute(query).all()
    return [_card(row) for row in rows if row.number >= low]


def _card(values: Sequence[Any]) -> RevisionCard:
    card, before = RevisionCard(*values[:-1]), values[-1]
    return replace(card, renamed_from=before) if before and before != card.title else card


def _head(reader: Reader, page_id: int) -> tuple[int, int]:
    query = select(Revision.id, Revision.number).where(Revision.page_id == page_id)
    row = reader.session.execute(query.order_by(Revision.number.desc()).limit(1)).one()
    return row.id, row.number


def history(reader: Reader, slug: str, number: int = 1) -> History:
    """A page of the history, fifty revisions each. Raises NotFound."""
    page = page_card(reader, slug)
    head_id, count = _head(reader, page.id)
    pages = max(1, -(-count // PER_PAGE))
    number = min(max(number, 1), pages)
    high = count - (number - 1) * PER_PAGE
    found = _cards(reader, page.id, max(high - PER_PAGE + 1, 1), high)
    return History(page, tuple(found), number, pages, head_id, count)


def _one(reader: Reader, page_id: int, number: int) -> RevisionCard:
    found = _cards(reader, page_id, number, number)
    if not found:
        raise NotFound
    return found[0]


def number_of(reader: Reader, page_id: int, revision_id: int) -> int | None:
    """The number of a revision of this page; None when it is none of them."""
    query = select(Revision.number).where(Revision.id == revision_id, Revision.page_id == page_id)
    return reader.session.scalars(query).one_or_none()


def revision_card(reader: Reader, slug: str, number: int) -> RevisionCard:
    """One line of the history of a page. Raises NotFound."""
    return _one(reader, page_card(reader, slug).id, number)


def _source(reader: Reader, revision_id: int) -> str:
    revision = reader.session.get_one(Revision, revision_id)
    return text_of(reader.session, revision.text_digest)


def old_text(reader: Reader, slug: str, number: int) -> OldText:
    """One revision as it was. Raises NotFound when the page has none of this number."""
    page = page_card(reader, slug)
    card = _one(reader, page.id, number)
    drawn = reader.session.get(Rendering, card.id)
    head_id, head_number = _head(reader, page.id)
    source = _source(reader, card.id)
    html = drawn.html if drawn else ""
    removal = None if source else removal_of(reader, card.id)
    return OldText(page, card, source, html, head_id, head_number, removal)


def removal_of(reader: Reader, revision_id: int) -> Removal | None:
    """When and why the words of a revision were removed, if they were, for a reader who has been
    shown its page."""
    row = reader.session.execute(
        select(TextBody.redacted_at, Person.name, TextBody.redacted_because)
        .join(Revision, Revision.text_digest == TextBody.digest)
        .outerjoin(Person, Person.id == TextBody.redacted_by_id)
        .where(Revision.id == revision_id)
    ).one()
    return Removal(row[0], row[1], row[2]) if row[2] is not None else None


def comparison(reader: Reader, slug: str, first: int, second: int) -> Comparison:
    """Two revisions side by side, in either order. Raises NotFound."""
    page = page_card(reader, slug)
    old, new = (_one(reader, page.id, number) for number in sorted((first, second)))
    return Comparison(page, old, new, _source(reader, old.id), _source(reader, new.id))


@dataclass(frozen=True)
class EditBase:
    """What somebody starts from who revises a page."""

    page: PageCard
    revision_id: int
    number: int
    source: str


def edit_base(reader: Reader, slug: str, revision_id: int | None = None) -> EditBase:
    """The text of one revision of a page, by default the newest. Raises NotFound."""
    page = page_card(reader, slug)
    wanted = revision_id or _head(reader, page.id)[0]
    revision = reader.session.get(Revision, wanted)
    if revision is None or revision.page_id != page.id:
        raise NotFound
    source = text_of(reader.session, revision.text_digest)
    return EditBase(page, revision.id, revision.number, source)
