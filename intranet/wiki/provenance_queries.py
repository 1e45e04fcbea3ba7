"""What decisions did to the rules, paragraph by paragraph, kept when they were written."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby

from sqlalchemy import and_, func, select

from intranet.core.transaction import Reader
from intranet.wiki.models import Page, ParagraphAct, ParagraphChange, Revision, RevisionBlock
from intranet.wiki.queries import PageCard
from intranet.wiki.visibility import visible


@dataclass(frozen=True)
class DecidedParagraph:
    """What a decision did to one paragraph: `act` is created, changed or removed."""

    block_id: str
    act: str
    before: str
    after: str


@dataclass(frozen=True)
class DecidedPart:
    """What a decision did to one rule, and the day from which it applies."""

    page: PageCard
    in_force_on: date | None
    paragraphs: tuple[DecidedParagraph, ...]


@dataclass(frozen=True)
class StandingPart:
    """A page that a decision wrote into, with the paragraphs that still bear its number."""

    page: PageCard
    block_ids: tuple[str, ...]


@dataclass(frozen=True)
class Wording:
    """One wording of a paragraph, or its removal, with the revision that brought it.

    `decision_number` is empty for a correction that no decision made; `at` is when it was written.
    """

    act: str
    before: str
    after: str
    revision_number: int
    decision_number: str | None
    in_force_on: date | None
    at: datetime
    summary: str


_CARD = (Page.id, Page.slug, Page.title, Page.kind, Page.layer, Page.audience)


def decided_parts(reader: Reader, decision_number: str) -> list[DecidedPart]:
    """The rules that a decision wrote into and what it did to each paragraph, in one statement;
    without those this reader may not see."""
    query = (
        select(
            *_CARD,
            Revision.in_force_on,
            ParagraphChange.block_id,
            ParagraphChange.act,
            ParagraphChange.before,
            ParagraphChange.after,
        )
        .join(Revision, Revision.id == ParagraphChange.revision_id)
        .join(Page, Page.id == ParagraphChange.page_id)
        .where(Revision.decision_number == decision_number, visible(reader))
        .order_by(Page.title_key, Page.id, Revision.number, ParagraphChange.place)
    )
    rows = reader.session.execute(query).all()
    return [
        DecidedPart(PageCard(*first[:6]), first.in_force_on, tuple(_paragraphs(lines)))
        for first, lines in _by_page(rows)
    ]


def _by_page(rows: Iterable[tuple]) -> Iterable[tuple]:  # type: ignore[type-arg]
    for _page_id, group in groupby(rows, key=lambda row: row[0]):
        lines = list(group)
        yield lines[0], lines


def _paragraphs(rows: Iterable[tuple]) -> Iterable[DecidedParagraph]:  # type: ignore[type-arg]
    return (DecidedParagraph(*row[7:]) for row in rows if row[8] != ParagraphAct.NONE)


def standing_parts(reader: Reader, decision_number: str) -> list[StandingPart]:
    """The pages that a decision wrote into and what still stands of it in their newest text, in
    one statement; without those this reader may not see."""
    enacted = select(Revision.page_id).where(Revision.decision_number == decision_number)
    newest = (
        select(func.max(Revision.id))
        .where(Revision.page_id == Page.id)
        .correlate(Page)
        .scalar_subquery()
    )
    still = and_(
        RevisionBlock.revision_id == newest, RevisionBlock.decision_number == decision_number
    )
    query = (
        select(*_CARD, RevisionBlock.block_id)
        .select_from(Page)
        .outerjoin(RevisionBlock, still)
        .where(Page.id.in_(enacted), visible(reader))
        .order_by(Page.title_key, Page.id, RevisionBlock.position)
    )
    return [
        StandingPart(PageCard(*first[:6]), tuple(row.block_id for row in lines if row.block_id))
        for first, lines in _by_page(reader.session.execute(query))
    ]


def wordings(reader: Reader, page_id: int, block_id: str) -> list[Wording]:
    """All wordings of a paragraph of a rule, the newest first; the caller knows the page."""
    query = (
        select(
            ParagraphChange.act,
            ParagraphChange.before,
            ParagraphChange.after,
            Revision.number,
            Revision.decision_number,
            Revision.in_force_on,
            Revision.at,
            Revision.summary,
        )
        .join(Revision, Revision.id == ParagraphChange.revision_id)
        .where(ParagraphChange.page_id == page_id, ParagraphChange.block_id == block_id)
        .order_by(Revision.number.desc(), ParagraphChange.place.desc())
    )
    return [Wording(*row) for row in reader.session.execute(query)]
