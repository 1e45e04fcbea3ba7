"""The paragraphs of a revision under their ids, and who last changed each of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import and_, func, select
from sqlalchemy.orm import aliased

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


_Shown = aliased(RevisionBlock)


def blame(reader: Reader, page_id: int, revision_id: int, number: int) -> dict[str, Changed]:
    """By the id of each paragraph of this revision, the revision since which it has its words.

    Three statements, however long the text and its history are.
    """
    head = and_(_Shown.block_id == RevisionBlock.block_id, _Shown.revision_id == revision_id)
    rows = (
        select(RevisionBlock.block_id, Revision.number, RevisionBlock.text_digest)
        .join(_Shown, head)
        .join(Revision, Revision.id == RevisionBlock.revision_id)
        .where(Revision.page_id == page_id, Revision.number <= number)
    )
    other = rows.where(RevisionBlock.text_digest != _Shown.text_digest).subquery()
    last_other = select(other.c.block_id, func.max(other.c.number).label("number"))
    before = last_other.group_by(other.c.block_id).subquery()
    same = rows.where(RevisionBlock.text_digest == _Shown.text_digest).subquery()
    query = (
        select(same.c.block_id, func.min(same.c.number), func.count())
        .outerjoin(before, before.c.block_id == same.c.block_id)
        .where(same.c.number > func.coalesce(before.c.number, 0))
        .group_by(same.c.block_id)
    )
    since, broken = {}, []
    for block_id, first, count in reader.session.execute(query):
        since[block_id] = first
        if count != number - first + 1:
            broken.append(block_id)
    if broken:
        since |= _since_return(reader, page_id, number, broken)
    return _changed(reader, page_id, revision_id, since)


def _since_return(
    reader: Reader, page_id: int, number: int, block_ids: list[str]
) -> dict[str, int]:
    """The revision in which each of these paragraphs, once taken out, came back for good."""
    query = (
        select(RevisionBlock.block_id, Revision.number)
        .join(Revision, Revision.id == RevisionBlock.revision_id)
        .where(Revision.page_id == page_id, Revision.number <= number)
        .where(RevisionBlock.block_id.in_(block_ids))
        .order_by(Revision.number.desc())
    )
    found: dict[str, int] = {}
    for block_id, at in reader.session.execute(query):
        if found.get(block_id, number + 1) == at + 1:
            found[block_id] = at
    return found


def _changed(
    reader: Reader, page_id: int, revision_id: int, since: Mapping[str, int]
) -> dict[str, Changed]:
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
        .where(Revision.page_id == page_id, Revision.number.in_(set(since.values())))
    )
    revisions: dict[int, tuple[Any, ...]] = {
        row.number: tuple(row) for row in reader.session.execute(query)
    }
    decided = select(
        RevisionBlock.block_id, RevisionBlock.decision_number, RevisionBlock.in_force_on
    ).where(RevisionBlock.revision_id == revision_id)
    return {
        block_id: Changed(block_id, *revisions[since[block_id]], decision, day)
        for block_id, decision, day in reader.session.execute(decided)
        if block_id in since
    }
