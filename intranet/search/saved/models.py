"""Questions that somebody wants to ask again."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from intranet.core.db import Identified


class SavedSearch(Identified):
    """A question of one person, for them alone, and the address of its feed.

    The address is made from `feed_number`: raising it makes the former address useless. Zero
    means that there is no feed.
    """

    __tablename__ = "saved_search"
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    question: Mapped[str]
    at: Mapped[datetime]
    feed_number: Mapped[int] = mapped_column(default=0, server_default="0")
    feed_is_open: Mapped[bool]
    __table_args__ = (Index("ix_saved_search_person", "person_id", "id"),)
