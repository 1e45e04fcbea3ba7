"""The minutes of the meeting that took a decision: beside the record, every version kept."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from intranet.core.db import Identified, append_only


class Minutes(Identified):
    """What was noted, or on which page of the wiki it stands; the last row counts.

    The words lie in `text_body`, so that they can be redacted like those of a decision.
    """

    __tablename__ = "decision_minutes"
    decision_id: Mapped[int] = mapped_column(ForeignKey("decision.id"))
    text_digest: Mapped[str | None] = mapped_column(ForeignKey("text_body.digest"))
    page_slug: Mapped[str | None]
    at: Mapped[datetime]
    by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    __table_args__ = (
        CheckConstraint("(text_digest IS NULL) <> (page_slug IS NULL)", name="words_or_a_page"),
        Index("ix_decision_minutes_decision", "decision_id", "id"),
    )


append_only(Minutes)
