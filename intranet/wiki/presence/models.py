"""Who has a page open to write on it, for as long as they give a sign of life."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from intranet.core.db import Base


class Presence(Base):
    """Somebody is writing on a page. No record: the row goes when they leave, or grows old."""

    __tablename__ = "page_presence"
    page_id: Mapped[int] = mapped_column(ForeignKey("page.id"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    since: Mapped[datetime]
    renewed_at: Mapped[datetime]
