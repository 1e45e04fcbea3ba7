"""What somebody said to have seen: written by a button, never by opening a page."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from intranet.core.db import Base


class PageSeen(Base):
    """A person said to have read a page up to one of its revisions. Known to them alone."""

    __tablename__ = "page_seen"
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    page_id: Mapped[int] = mapped_column(ForeignKey("page.id"), primary_key=True)
    revision_id: Mapped[int] = mapped_column(ForeignKey("revision.id"))
    at: Mapped[datetime]


class ChangesSeen(Base):
    """A person said to have seen all changes of the wiki up to a revision. Known to them alone."""

    __tablename__ = "changes_seen"
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    revision_id: Mapped[int] = mapped_column(ForeignKey("revision.id"))
    at: Mapped[datetime]
