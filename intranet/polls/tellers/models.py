"""Tellers: who keeps the words that open a box, and the shares that only their words unlock."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, LargeBinary, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from intranet.core.db import Base, Identified, append_only

TELLERS = 3
NEEDED = 2
"""How many tellers a vote has, and how many of them open its box."""


class Teller(Identified):
    """Somebody who keeps words for the votes on one subject. The words are kept nowhere: of the
    key that follows from them, only the half that locks is known here."""

    __tablename__ = "teller"
    origin_kind: Mapped[str]
    origin_id: Mapped[int]
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    locking_key: Mapped[str]
    named_at: Mapped[datetime]
    __table_args__ = (UniqueConstraint("origin_kind", "origin_id", "person_id"),)


class LockedPart(Base):
    """A share of the opening key of a box, locked with the key of one teller."""

    __tablename__ = "locked_part"
    sealing_key: Mapped[str] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    locking_key: Mapped[str]
    box: Mapped[bytes] = mapped_column(LargeBinary)
    __table_args__ = (UniqueConstraint("sealing_key", "person_id"),)


append_only(LockedPart)
