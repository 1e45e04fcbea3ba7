"""The paragraphs of a revision under their ids, and who last changed each of them."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select

from intranet.core.blocks import split_blocks
from intranet.core.html_slices import paragraphs_of
from intranet.core.transaction import Reader
from intranet.members.models import Person
from intranet.wiki.models import Rendering, Revision, RevisionBlock


@dataclass(frozen=True)
class Paragraphs:
    """The blocks of a revision: their ids in the order of the source, without empty ones, and the
    stored HTML of those that show something."""

    ids: tuple[str, ...]
    html: Mapping[str, str]


@dataclass(frozen=True)
class Changed:
    """Who last changed a paragraph, when, and the revision that did; `decision_number` is the
    decision that put its words there, if any."""

    block_id: str
    number: int
    at: datetime
    author_id: int | None
    author: str | None
    kind: str
    summary: str
    decision_number: str | None
    in_force_on: date | None


def paragraphs(reader: Reader, revision_id: int, source: str) -> Paragraphs:
    """The paragraphs of a revision with this source, in two statements."""
    query = select(RevisionBlock.block_id).where(RevisionBlock.revision_id == revision_id)
    ids = reader.session.scalars(query.order_by(RevisionBlock.position))
    kept = zip(ids, split_blocks(source), strict=False)
    drawn = reader.session.get(Rendering, revision_id)
    html, _notes = paragraphs_of(drawn.html if drawn else "")
    return Paragraphs(tuple(block_id for block_id, piece in kept if piece.text), html)


def blame(reader: Reader, page_id: int, revision_id: int, number: int) -> dict[str, Changed]:
    """By the id of each paragraph of this revision, the revision since which it has its words.

    Three statements, or four when a paragraph came back, however long the text and its history.
    """
    shown = select(
        RevisionBlock.block_id,
        RevisionBlock.text_digest,
        RevisionBlock.decision_number,
        RevisionBlock.in_force_on,
    ).where(RevisionBlock.revision_id == revision_id)
    head = {row.block_id: row for row in reader.session.execute(shown)}
    since, broken = _since(reader, page_id, number, {k: row.text_digest for k, row in head.items()})
    if broken:
        since |= _since_return(reader, page_id, number, broken)
    written = _written(reader, page_id, set(since.values()))
    return {
        block_id: Changed(block_id, *written[since[block_id]], row.decision_number, row.in_force_on)
        for block_id, row in head.items()
    }


def _since(
    reader: Reader, page_id: int, number: int, head: Mapping[str, str]
) -> tuple[dict[str, int], dict[str, str]]:
    """The revision since which each paragraph has its words without a break, and the digests of
    those that had them before, lost them and got them back."""
    query = (
        select(
            RevisionBlock.block_id,
            RevisionBlock.text_digest,
            func.min(Revision.number),
            func.count(),
        )
        .join(Revision, Revision.id == RevisionBlock.revision_id)
        .where(Revision.page_id == page_id, Revision.number <= number)
        .group_by(RevisionBlock.block_id, RevisionBlock.text_digest)
    )
    since: dict[str, int] = {}
    broken: dict[str, str] = {}
    for block_id, digest, first, count in reader.session.execute(query):
        if head.get(block_id) != digest:
            continue
        if count == number - first + 1:
            since[block_id] = first
        else:
            broken[block_id] = digest
    return since, broken


def _since_return(
    reader: Reader, page_id: int, number: int, broken: Mapping[str, str]
) -> dict[str, int]:
    """The revision in which each of these paragraphs got its words back for good."""
    query = (
        select(RevisionBlock.block_id, RevisionBlock.text_digest, Revision.number)
        .join(Revision, Revision.id == RevisionBlock.revision_id)
        .where(Revision.page_id == page_id, Revision.number <= number)
        .where(RevisionBlock.block_id.in_(broken))
        .order_by(Revision.number.desc())
    )
    found: dict[str, int] = {}
    for block_id, digest, at in reader.session.execute(query):
        if digest == broken[block_id] and found.get(block_id, number + 1) == at + 1:
            found[block_id] = at
    return found


Written = tuple[int, datetime, int | None, str | None, str, str]


def _written(reader: Reader, page_id: int, numbers: Collection[int]) -> dict[int, Written]:
    """The revisions with these numbers: number, moment, author, how it came to be, summary."""
    query = (
        select(
            Revision.number,
            Revision.at,
            Revision.author_id,
            Person.name,
            Revision.kind,
            Revision.summary,
        )
        .outerjoin(Person, Person.id == Revision.author_id)
        .where(Revision.page_id == page_id, Revision.number.in_(numbers))
    )
    return {row[0]: (*row,) for row in reader.session.execute(query)}
