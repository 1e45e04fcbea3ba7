"""Changes that readers suggest to a page they do not write."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text
from sqlalchemy.orm import Mapped, mapped_column

from intranet.core.db import Identified


class OfferState(StrEnum):
    """Where a suggested change stands."""

    WAITING = "waiting"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


_STATES = ", ".join(repr(str(state)) for state in OfferState)


class PageOffer(Identified):
    """A whole text that somebody suggests on top of a revision, and what became of it. The text
    stays whatever the answer; `revision_id` is the revision that took it in."""

    __tablename__ = "page_offer"
    page_id: Mapped[int] = mapped_column(ForeignKey("page.id"))
    base_id: Mapped[int] = mapped_column(ForeignKey("revision.id"))
    author_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    at: Mapped[datetime]
    text: Mapped[str] = mapped_column(Text)
    why: Mapped[str]
    state: Mapped[str]
    answered_at: Mapped[datetime | None]
    answered_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    because: Mapped[str | None]
    revision_id: Mapped[int | None] = mapped_column(ForeignKey("revision.id"))
    __table_args__ = (
        CheckConstraint(f"state IN ({_STATES})", name="known_state"),
        CheckConstraint("(state = 'waiting') = (answered_at IS NULL)", name="answered_once"),
        CheckConstraint("(state = 'accepted') = (revision_id IS NOT NULL)", name="taken_in"),
        CheckConstraint("state <> 'declined' OR because IS NOT NULL", name="declined_for_a_reason"),
        Index("ix_page_offer_page", "page_id", "state"),
    )
