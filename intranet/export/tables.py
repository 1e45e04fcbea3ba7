"""What has no file of its own, as it lies in the database: a table for each, only what the reader
may see of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Column, ColumnElement, or_, select

from intranet.core.db import Base
from intranet.core.transaction import Reader
from intranet.decisions.queries import numbers_of
from intranet.export.folder import Folder
from intranet.polls.models import Poll
from intranet.proposals.models import ORIGINS, Proposal
from intranet.proposals.visibility import shown
from intranet.wiki.models import Page, Revision, RevisionBlock
from intranet.wiki.visibility import visible

TABLES = (
    "body_member",
    "co_author",
    "cooperative",
    "correction",
    "correction_end",
    "dossier",
    "dossier_step",
    "former_slug",
    "frozen_inclusion",
    "outline_version",
    "people_list",
    "people_list_person",
    "planned_opening",
    "reaction",
    "reading",
    "reading_request",
    "revision_block",
    "rule_debt",
    "said_seed",
    "seconder",
    "second_round",
    "sequel",
    "step_template",
    "suggestion_ballot",
    "synonym_list",
    "teller",
)
ONLY: Mapping[str, ColumnElement[bool]] = {
    "revision_block": RevisionBlock.decision_number.is_not(None)
}
"""Of paragraphs, those that a decision wrote: the others follow from the texts."""


Names = Mapping[str, Mapping[Any, object]]
"""By what other files call a page, a revision, a decision, a proposal or a vote, by its key."""


def write_tables(reader: Reader, folder: Folder) -> None:
    """tables/, in the order of their keys. A row that names a page, a decision, a proposal or a
    vote which the reader may not see is left out; those others are named as other files do."""
    names = _names(reader)
    for name in TABLES:
        table = Base.metadata.tables[name]
        query = select(table).order_by(*table.primary_key)
        if name in ONLY:
            query = query.where(ONLY[name])
        subjects = [_subject(column) for column in table.columns]
        header = [
            column.name.removesuffix("_id") if subject in names else column.name
            for column, subject in zip(table.columns, subjects, strict=True)
        ]
        told = (_told(row, subjects, names) for row in reader.session.execute(query))
        folder.write_table(f"tables/{name}.csv", header, filter(None, told))


def _told(
    row: Sequence[object], subjects: Sequence[str], names: Names
) -> tuple[object, ...] | None:
    """A row as the table writes it; None when it names what the reader may not see."""
    cells = []
    for value, subject in zip(row, subjects, strict=True):
        if subject in names and value is not None:
            if value not in names[subject]:
                return None
            value = names[subject][value]
        cells.append(("yes" if value else "") if isinstance(value, bool) else value)
    return tuple(cells)


def _subject(column: Column[object]) -> str:
    """The table that a column leads to, or none."""
    return next((key.column.table.name for key in column.foreign_keys), "")


def _names(reader: Reader) -> Names:
    """What this reader may see, by table and key."""
    pages = select(Page.id, Page.slug).where(visible(reader), Page.trashed_at.is_(None))
    slugs = {row.id: row.slug for row in reader.session.execute(pages)}
    revisions = reader.session.execute(select(Revision.id, Revision.page_id, Revision.number))
    proposals = select(Proposal.id).where(shown(reader))
    polls = select(Poll.id).where(
        or_(Poll.origin_kind.not_in(ORIGINS), Poll.origin_id.in_(proposals))
    )
    return {
        "page": slugs,
        "revision": {
            number: f"{slugs[page]}/{place}" for number, page, place in revisions if page in slugs
        },
        "decision": numbers_of(reader),
        "proposal": {number: number for number in reader.session.scalars(proposals)},
        "poll": {number: number for number in reader.session.scalars(polls)},
    }
