"""Outlines: what a proposal is asked to say, as the cooperative wrote it; every version is kept."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from intranet.core.db import Identified, append_only


class OutlineVersion(Identified):
    """One version of an outline. `sections` is the JSON list of [title, hint, required]."""

    __tablename__ = "outline_version"
    key: Mapped[str]
    number: Mapped[int]
    name: Mapped[str]
    sections: Mapped[str] = mapped_column(Text)
    text: Mapped[str] = mapped_column(Text)
    retired: Mapped[bool]
    author_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    at: Mapped[datetime]
    __table_args__ = (UniqueConstraint("key", "number"),)


append_only(OutlineVersion)
