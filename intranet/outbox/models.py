"""What is to be sent out of the house: one row for each message, sent once."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from intranet.core.db import Identified

MOST_ATTEMPTS = 10


class Message(Identified):
    """One message on its way. `key` says what it is about and for whom, and stands once.

    `channel` names who writes it when it is sent, and `reference` is the number that the writer
    needs; a letter brings its own words, which are emptied once it is sent. `claimed_until` keeps
    a second sender away while one is at work. `done_at` is set alike when it was sent and when
    there was nothing left to say: from the rows of a reminder nobody learns who had voted. Of the
    link that ends such mails only the digest of its token is kept.
    """

    __tablename__ = "message"
    key: Mapped[str] = mapped_column(unique=True)
    channel: Mapped[str]
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    reference: Mapped[int | None]
    words: Mapped[str] = mapped_column(Text, default="")
    created_at: Mapped[datetime]
    due_at: Mapped[datetime]
    attempts: Mapped[int] = mapped_column(default=0)
    claimed_until: Mapped[datetime | None]
    done_at: Mapped[datetime | None]
    last_error: Mapped[str | None] = mapped_column(Text)
    stop_digest: Mapped[str | None] = mapped_column(unique=True)
    __table_args__ = (
        Index(
            "ix_message_waiting",
            "due_at",
            "id",
            sqlite_where=text("done_at IS NULL"),
            postgresql_where=text("done_at IS NULL"),
        ),
    )
