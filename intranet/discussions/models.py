"""Threads of comments. They do not know what is discussed, so they hold no permission."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from intranet.core.db import Base, Identified


class ReactionKind(StrEnum):
    """What one may answer to a comment without a word."""

    AGREE = "agree"
    THANKS = "thanks"
    UNCLEAR = "unclear"


_REACTIONS = ", ".join(f"'{kind}'" for kind in ReactionKind)


class Thread(Identified):
    """The conversation about one subject, named by its kind and number."""

    __tablename__ = "thread"
    subject_kind: Mapped[str]
    subject_id: Mapped[int]
    created_at: Mapped[datetime]
    __table_args__ = (UniqueConstraint("subject_kind", "subject_id"),)


class Comment(Identified):
    """What somebody said, on the whole or on one block, when a given version was shown.

    `round` names the part of a conversation led in rounds in which it was said.
    """

    __tablename__ = "comment"
    thread_id: Mapped[int] = mapped_column(ForeignKey("thread.id"))
    reply_to_id: Mapped[int | None] = mapped_column(ForeignKey("comment.id"))
    author_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    at: Mapped[datetime]
    text: Mapped[str] = mapped_column(Text)
    html: Mapped[str] = mapped_column(Text)
    block_id: Mapped[str | None]
    about_version: Mapped[int | None]
    round: Mapped[str | None]
    edited_at: Mapped[datetime | None]
    hidden_at: Mapped[datetime | None]
    hidden_because: Mapped[str | None]
    __table_args__ = (Index("ix_comment_thread", "thread_id", "id"),)


class Reaction(Base):
    """An answer without words to a comment: one of each kind for each person."""

    __tablename__ = "reaction"
    comment_id: Mapped[int] = mapped_column(ForeignKey("comment.id"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    kind: Mapped[str] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    __table_args__ = (CheckConstraint(f"kind IN ({_REACTIONS})", name="known_kind"),)


class Mention(Base):
    """That a comment calls somebody by name."""

    __tablename__ = "mention"
    comment_id: Mapped[int] = mapped_column(ForeignKey("comment.id"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    __table_args__ = (Index("ix_mention_person", "person_id"),)
