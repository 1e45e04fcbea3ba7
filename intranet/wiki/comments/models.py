"""Which conversations on pages are settled. The comments themselves are those of discussions."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from intranet.core.db import Base

KIND = "page"
"""Under this word the conversations about pages stand among all others."""


class SettledComment(Base):
    """A first comment whose matter is settled, with all answers to it, until somebody reopens it.

    The journal keeps every time that this was said and taken back.
    """

    __tablename__ = "settled_comment"
    comment_id: Mapped[int] = mapped_column(ForeignKey("comment.id"), primary_key=True)
    at: Mapped[datetime]
    by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
