"""Objections: raised in an open vote, answered, lifted by their author, and kept for ever."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, Text
from sqlalchemy.orm import Mapped, mapped_column

from intranet.core.db import Base, Identified, append_only

STOPPING = {"consent": "objection", "consensus": "block"}
"""By method, the answer that stops a text until its author lifts it."""


class Objection(Identified):
    """An objection in an open vote, raised by one ballot of one voter.

    Its words are those of the voter's last objecting ballot: saying it better raises no second
    one. It is open until it has an `ObjectionEnd` or its poll ends.
    """

    __tablename__ = "objection"
    poll_id: Mapped[int] = mapped_column(ForeignKey("poll.id"))
    voter_id: Mapped[int] = mapped_column(ForeignKey("voter.id"))
    ballot_id: Mapped[int] = mapped_column(ForeignKey("open_ballot.id"), unique=True)
    raised_at: Mapped[datetime]
    __table_args__ = (Index("ix_objection_poll", "poll_id", "voter_id"),)


class ObjectionEnd(Base):
    """That an objection was lifted, once and for ever, with a word on why if its author wants.

    `ballot_id` is the ballot by which its author took another position instead; None when the
    author lifted it and took none.
    """

    __tablename__ = "objection_end"
    objection_id: Mapped[int] = mapped_column(ForeignKey("objection.id"), primary_key=True)
    ballot_id: Mapped[int | None] = mapped_column(ForeignKey("open_ballot.id"))
    because: Mapped[str] = mapped_column(Text, default="")
    at: Mapped[datetime]


append_only(Objection)
append_only(ObjectionEnd)
