"""What has no file of its own, as it lies in the database: a table for each, only what the reader
may see of it."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import Column, ColumnElement, Select, and_, or_, select

from intranet.core.db import Base
from intranet.core.transaction import Reader
from intranet.decisions.models import Decision, DecisionShelf
from intranet.decisions.policy import audiences
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


def write_tables(reader: Reader, folder: Folder) -> None:
    """tables/, in the order of their keys. A row that names a page, a decision, a proposal or a
    vote which the reader may not see is left out."""
    known = _known(reader)
    for name in TABLES:
        table = Base.metadata.tables[name]
        query = select(table).order_by(*table.primary_key)
        for column in table.columns:
            subject = _subject(column)
            if subject in known:
                query = query.where(or_(column.is_(None), column.in_(known[subject])))
        if name in ONLY:
            query = query.where(ONLY[name])
        rows = reader.session.execute(query)
        header = [column.name for column in table.columns]
        folder.write_table(f"tables/{name}.csv", header, ([*map(_cell, row)] for row in rows))


def _subject(column: Column[object]) -> str:
    """The table that a column leads to, or none."""
    return next((key.column.table.name for key in column.foreign_keys), "")


def _known(reader: Reader) -> Mapping[str, Select[int]]:
    """The keys of what this reader may see, by table."""
    proposals = select(Proposal.id).where(shown(reader))
    pages = and_(visible(reader), Page.trashed_at.is_(None))
    return {
        "page": select(Page.id).where(pages),
        "revision": select(Revision.id).join(Page, Page.id == Revision.page_id).where(pages),
        "decision": select(Decision.id)
        .join(DecisionShelf, DecisionShelf.decision_id == Decision.id)
        .where(DecisionShelf.audience.in_(audiences(reader))),
        "proposal": proposals,
        "poll": select(Poll.id).where(
            or_(Poll.origin_kind.not_in(ORIGINS), Poll.origin_id.in_(proposals))
        ),
    }


def _cell(value: object) -> object:
    """A value of the database as tables write it."""
    return ("yes" if value else "") if isinstance(value, bool) else value
