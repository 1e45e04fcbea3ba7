"""Which rules everybody is asked to read, and who said that they did."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from intranet.core.db import Base, Identified, append_only


class ReadingRequest(Identified):
    """The cooperative asks everybody to read a rule, until somebody ends the request."""

    __tablename__ = "reading_request"
    page_id: Mapped[int] = mapped_column(ForeignKey("page.id"))
    asked_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    asked_at: Mapped[datetime]
    ended_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    ended_at: Mapped[datetime | None]
    __table_args__ = (
        CheckConstraint("ended_at IS NULL OR ended_at >= asked_at", name="dates_in_order"),
        Index(
            "uq_reading_request_open",
            "page_id",
            unique=True,
            sqlite_where=text("ended_at IS NULL"),
            postgresql_where=text("ended_at IS NULL"),
        ),
    )


class Reading(Base):
    """A person said to have read one text of a rule. That is all: no page counts its visits."""

    __tablename__ = "reading"
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    revision_id: Mapped[int] = mapped_column(ForeignKey("revision.id"), primary_key=True)
    at: Mapped[datetime]
    __table_args__ = (Index("ix_reading_revision", "revision_id"),)


append_only(Reading)
