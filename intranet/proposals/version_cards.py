"""One wording of a proposal as a page shows it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, datetime

from intranet.core.block_changes import BlockChange
from intranet.proposals import planned
from intranet.proposals.models import ProposalVersion
from intranet.proposals.outlines import sections
from intranet.proposals.outlines.sections import Section
from intranet.proposals.planned import PlannedAction


@dataclass(frozen=True)
class VersionCard:
    """One wording."""

    number: int
    title: str
    motivation: str
    motivation_html: str
    text: str
    text_html: str
    changes: tuple[BlockChange, ...]
    links: tuple[tuple[str, str], ...]
    procedure: str
    options: tuple[str, ...]
    seats: int
    reasons: tuple[Section, ...]
    particulars: str
    deciders: tuple[str, ...]
    procedure_key: str | None
    past_because: str
    actions: tuple[PlannedAction, ...]
    base_revision_id: int | None
    effective_on: date | None
    review_on: date | None
    ends_on: date | None
    at: datetime


def version_card(row: ProposalVersion) -> VersionCard:
    """A stored wording as its card."""
    return VersionCard(
        number=row.number,
        title=row.title,
        motivation=row.motivation,
        motivation_html=row.motivation_html,
        text=row.text,
        text_html=row.text_html,
        changes=tuple(BlockChange.from_json(change) for change in json.loads(row.changes)),
        links=tuple((kind, number) for kind, number in json.loads(row.links)),
        procedure=row.procedure,
        options=tuple(json.loads(row.options)),
        seats=row.seats,
        reasons=sections.read(row.reasons),
        particulars=row.particulars,
        deciders=tuple(json.loads(row.deciders)),
        procedure_key=row.procedure_key,
        past_because=row.past_because,
        actions=planned.read(row.actions),
        base_revision_id=row.base_revision_id,
        effective_on=row.effective_on,
        review_on=row.review_on,
        ends_on=row.ends_on,
        at=row.at,
    )
