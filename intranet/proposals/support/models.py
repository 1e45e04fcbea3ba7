"""Who writes a proposal together, and who supports that it is put to the vote."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from intranet.core.db import Base


class CoAuthor(Base):
    """Somebody who writes a proposal with its author: they read the draft and may reword it."""

    __tablename__ = "co_author"
    proposal_id: Mapped[int] = mapped_column(ForeignKey("proposal.id"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    at: Mapped[datetime]
    __table_args__ = (Index("ix_co_author_person", "person_id"),)


class Seconder(Base):
    """Somebody who asks with the author that a wording be put to the vote."""

    __tablename__ = "seconder"
    proposal_id: Mapped[int] = mapped_column(ForeignKey("proposal.id"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    version_number: Mapped[int]
    at: Mapped[datetime]
