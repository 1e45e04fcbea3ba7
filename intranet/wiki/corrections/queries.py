"""The corrections of the writing of rules, for everybody who may read the rule."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import aliased

from intranet.core.policy import NotFound
from intranet.core.transaction import Reader
from intranet.members.models import Person
from intranet.wiki.corrections.models import Correction, CorrectionEnd
from intranet.wiki.models import Page
from intranet.wiki.visibility import visible


@dataclass(frozen=True)
class CorrectionCard:
    """A correction: the paragraph before and after, who, when and why, and whether it was taken
    back."""

    id: int
    page_slug: str
    page_title: str
    block_id: str
    old_text: str
    new_text: str
    reason: str
    person_id: int
    person: str
    at: datetime
    revoked_by: str | None
    revoked_at: datetime | None
    because: str | None


def _cards() -> Select[*tuple[Any, ...]]:
    other = aliased(Person)
    return (
        select(
            Correction.id,
            Page.slug,
            Page.title,
            Correction.block_id,
            Correction.old_text,
            Correction.new_text,
            Correction.reason,
            Correction.person_id,
            Person.name,
            Correction.at,
            other.name.label("revoked_by"),
            CorrectionEnd.at.label("revoked_at"),
            CorrectionEnd.because,
        )
        .join(Page, Page.id == Correction.page_id)
        .join(Person, Person.id == Correction.person_id)
        .outerjoin(CorrectionEnd, CorrectionEnd.correction_id == Correction.id)
        .outerjoin(other, other.id == CorrectionEnd.person_id)
        .order_by(Correction.id.desc())
    )


def corrections(reader: Reader, limit: int = 200) -> list[CorrectionCard]:
    """The corrections of the rules that the reader may read, the newest first."""
    rows = reader.session.execute(_cards().where(visible(reader)).limit(limit))
    return [CorrectionCard(*row) for row in rows]


def of_blocks(reader: Reader, page_id: int, block_ids: Collection[str]) -> list[CorrectionCard]:
    """The corrections of some paragraphs of a rule, the newest first."""
    query = _cards().where(visible(reader), Correction.page_id == page_id)
    rows = reader.session.execute(query.where(Correction.block_id.in_(block_ids)))
    return [CorrectionCard(*row) for row in rows]


def correction_known(reader: Reader, correction_id: int) -> Correction:
    """A correction of a rule that the reader may read. Raises NotFound."""
    query = select(Correction).join(Page, Page.id == Correction.page_id)
    found = reader.session.scalars(
        query.where(Correction.id == correction_id, visible(reader))
    ).one_or_none()
    if found is None:
        raise NotFound
    return found
