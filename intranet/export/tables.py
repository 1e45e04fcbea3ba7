"""What has no file of its own, as it lies in the database: a table for each, only what the reader
may see of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sqlalchemy import Column, ColumnElement, Select, or_, select

from intranet.core.db import Base
from intranet.core.transaction import Reader
from intranet.decisions.models import Decision, DecisionShelf
from intranet.decisions.policy import audiences
from intranet.discussions.models import Reaction
from intranet.export.folder import Folder
from intranet.members.models import BodyMember, Cooperative, PeopleList, PeopleListPerson
from intranet.membership.integration.models import Dossier, DossierStep, StepTemplate
from intranet.polls.draws.models import SaidSeed
from intranet.polls.models import Poll, SecondRound
from intranet.polls.tellers.models import Teller
from intranet.proposals.models import ORIGINS, PlannedOpening, Proposal, Sequel
from intranet.proposals.outlines.models import OutlineVersion
from intranet.proposals.suggestions.models import SuggestionBallot
from intranet.proposals.support.models import CoAuthor, Seconder
from intranet.proposals.visibility import shown
from intranet.rulebook.models import RuleDebt
from intranet.search.synonyms.models import SynonymList
from intranet.wiki.corrections.models import Correction, CorrectionEnd
from intranet.wiki.inclusion.models import FrozenInclusion
from intranet.wiki.models import FormerSlug, Page, Revision, RevisionBlock
from intranet.wiki.readings.models import Reading, ReadingRequest
from intranet.wiki.visibility import visible

MODELS: Sequence[type[Base]] = (
    BodyMember,
    CoAuthor,
    Cooperative,
    Correction,
    CorrectionEnd,
    Dossier,
    DossierStep,
    FormerSlug,
    FrozenInclusion,
    OutlineVersion,
    PeopleList,
    PeopleListPerson,
    PlannedOpening,
    Reaction,
    Reading,
    ReadingRequest,
    RevisionBlock,
    RuleDebt,
    SaidSeed,
    Seconder,
    SecondRound,
    Sequel,
    StepTemplate,
    SuggestionBallot,
    SynonymList,
    Teller,
)

ONLY: Mapping[str, ColumnElement[bool]] = {
    "revision_block": RevisionBlock.decision_number.is_not(None)
}
"""Of paragraphs, those that a decision wrote: the others follow from the texts."""


def write_tables(reader: Reader, folder: Folder) -> None:
    """tables/, in the order of their keys. A row that names a page, a decision, a proposal or a
    vote which the reader may not see is left out."""
    known = _known(reader)
    for model in MODELS:
        table = Base.metadata.tables[model.__tablename__]
        query = select(table).order_by(*table.primary_key)
        for column in table.columns:
            subject = _subject(column)
            if subject in known:
                query = query.where(or_(column.is_(None), column.in_(known[subject])))
        if table.name in ONLY:
            query = query.where(ONLY[table.name])
        rows = reader.session.execute(query)
        names = [column.name for column in table.columns]
        folder.write_table(f"tables/{table.name}.csv", names, (map(_cell, row) for row in rows))


def _subject(column: Column[object]) -> str:
    """The table that a column leads to, or none."""
    return next((key.column.table.name for key in column.foreign_keys), "")


def _known(reader: Reader) -> Mapping[str, Select[int]]:
    """The keys of what this reader may see, by table."""
    proposals = select(Proposal.id).where(shown(reader))
    return {
        "page": select(Page.id).where(visible(reader)),
        "revision": select(Revision.id)
        .join(Page, Page.id == Revision.page_id)
        .where(visible(reader)),
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
