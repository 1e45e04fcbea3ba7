"""Corrections of the writing of rules: each one logged, with its reason, and revocable."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, Text, case, cast, select
from sqlalchemy.orm import Mapped, mapped_column

from intranet.core.db import Base, Identified, append_only
from intranet.wiki.models import Revision


@dataclass(frozen=True)
class Mended:
    """A paragraph of a rule, the words it has, and the words it gets."""

    page_id: int
    block_id: str
    old_text: str
    new_text: str


class Correction(Identified):
    """That somebody mended a slip of writing in one paragraph of a rule, and why.

    `revision_id` is the revision that this made; no decision is behind it, and the paragraph keeps
    the one that wrote it.
    """

    __tablename__ = "correction"
    page_id: Mapped[int] = mapped_column(ForeignKey("page.id"))
    block_id: Mapped[str]
    revision_id: Mapped[int] = mapped_column(ForeignKey("revision.id"), unique=True)
    old_text: Mapped[str] = mapped_column(Text)
    new_text: Mapped[str] = mapped_column(Text)
    reason: Mapped[str] = mapped_column(Text)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    at: Mapped[datetime]
    __table_args__ = (Index("ix_correction_page", "page_id", "block_id"),)


class CorrectionEnd(Base):
    """That somebody put the words back, and why; `revision_id` is the revision that this made."""

    __tablename__ = "correction_end"
    correction_id: Mapped[int] = mapped_column(ForeignKey("correction.id"), primary_key=True)
    revision_id: Mapped[int] = mapped_column(ForeignKey("revision.id"), unique=True)
    because: Mapped[str] = mapped_column(Text)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    at: Mapped[datetime]


_UNTOUCHED = ("id", "page_id", "block_id", "revision_id", "reason", "person_id", "at")
EMPTIED = " AND ".join(
    ("NEW.old_text = ''", "NEW.new_text = ''", *(f"NEW.{name} = OLD.{name}" for name in _UNTOUCHED))
)

append_only(Correction, emptied=EMPTIED)
append_only(CorrectionEnd)

KIND_SHOWN = case(
    (Revision.id.in_(select(Correction.revision_id)), "corrected"),
    (Revision.id.in_(select(CorrectionEnd.revision_id)), "put_back"),
    else_=cast(Revision.kind, String),
).label("kind")
"""How a revision came to be, as lists say it: a correction is neither an edit nor a decision."""
