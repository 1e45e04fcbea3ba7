"""Threads of comments. They do not know what is discussed, so they hold no permission."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from intranet.core.db import Identified


class Thread(Identified):
    """The conversation about one subject, named by its kind and number."""

    __tablename__ = "thread"
    subject_kind: Mapped[str]
    subject_id: Mapped[int]
    created_at: Mapped[datetime]
    __table_args__ = (UniqueConstraint("subject_kind", "subject_id"),)


class Comment(Identified):
    """What somebody said, on the whole or on one block, when a given version was shown."""

    __tablename__ = "comment"
    thread_id: Mapped[int] = mapped_column(ForeignKey("thread.id"))
    reply_to_id: Mapped[int | None] = mapped_column(ForeignKey("comment.id"))
    author_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    at: Mapped[datetime]
    text: Mapped[str] = mapped_column(Text)
    html: Mapped[str] = mapped_column(Text)
    block_id: Mapped[str | None]
    about_version: Mapped[int | None]
    edited_at: Mapped[datetime | None]
    hidden_at: Mapped[datetime | None]
    hidden_because: Mapped[str | None]
    __table_args__ = (Index("ix_comment_thread", "thread_id", "id"),)
