"""Secret addresses under which somebody's own news and deadlines are fetched."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from intranet.core.db import Identified


class FeedKind(StrEnum):
    """What an address gives: news for a feed reader, or deadlines for a calendar."""

    NEWS = "news"
    DEADLINES = "deadlines"


class FeedAddress(Identified):
    """One such address. Only the digest of its token is kept; it works until it is ended."""

    __tablename__ = "feed_address"
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    kind: Mapped[str]
    token_digest: Mapped[str] = mapped_column(unique=True)
    created_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    __table_args__ = (
        CheckConstraint("kind IN ('news', 'deadlines')", name="known_kind"),
        Index("ix_feed_address_person", "person_id"),
    )
