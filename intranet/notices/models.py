"""What people are told, how each wants to be told, and when they want quiet."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from intranet.core.db import Base, Identified
from intranet.notices.kinds import Kind, Way

_KINDS = ", ".join(f"'{kind}'" for kind in Kind)
_WAYS = ", ".join(f"'{way}'" for way in Way)


class Notice(Identified):
    """That one person is told of one event. It holds no words: they are made as it is read or
    sent, under the rights of that moment. `way` is how it was to reach them when it happened;
    `message_id` the digest that carried it."""

    __tablename__ = "notice"
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    kind: Mapped[str]
    way: Mapped[str]
    at: Mapped[datetime]
    read_at: Mapped[datetime | None]
    message_id: Mapped[int | None] = mapped_column(ForeignKey("message.id"))
    __table_args__ = (
        CheckConstraint(f"kind IN ({_KINDS})", name="known_kind"),
        CheckConstraint(f"way IN ({_WAYS})", name="known_way"),
        Index("uq_notice_event_person", "event_id", "person_id", unique=True),
        Index("ix_notice_person", "person_id", "id"),
        Index(
            "ix_notice_undigested",
            "way",
            "person_id",
            sqlite_where=text("message_id IS NULL"),
            postgresql_where=text("message_id IS NULL"),
        ),
    )


class ChosenWay(Base):
    """How a person wants to be told of one kind of thing, where it is not the default."""

    __tablename__ = "chosen_way"
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    kind: Mapped[str] = mapped_column(primary_key=True)
    way: Mapped[str]
    __table_args__ = (
        CheckConstraint(f"kind IN ({_KINDS})", name="known_kind"),
        CheckConstraint(f"way IN ({_WAYS})", name="known_way"),
    )


class QuietTime(Base):
    """When a person gets no mail at once: days of the week (0 is Monday), and hours that may go
    over midnight; the same hour twice means no hours."""

    __tablename__ = "quiet_time"
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    days: Mapped[str] = mapped_column(default="")
    from_hour: Mapped[int] = mapped_column(default=0)
    to_hour: Mapped[int] = mapped_column(default=0)
    __table_args__ = (
        CheckConstraint("from_hour BETWEEN 0 AND 23 AND to_hour BETWEEN 0 AND 23", name="hours"),
    )
