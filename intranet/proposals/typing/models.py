"""What somebody is typing, kept for them alone until they send it."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Text
from sqlalchemy.orm import Mapped, mapped_column

from intranet.core.db import Base


class KeptTyping(Base):
    """The fields of one form as a person left them; `place` is the address of the form.

    No record: it is written over while the person types and erased once the form is sent.
    """

    __tablename__ = "kept_typing"
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    place: Mapped[str] = mapped_column(primary_key=True)
    fields: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime]
