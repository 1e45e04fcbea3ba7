"""What somebody follows: theirs alone, and no record of anything."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from intranet.core.db import Base


class Watched(StrEnum):
    """What can be followed: a page, a page with all below it, a proposal, a body."""

    PAGE = "page"
    BRANCH = "branch"
    PROPOSAL = "proposal"
    BODY = "body"


_KINDS = ", ".join(f"'{kind}'" for kind in Watched)


class Watch(Base):
    """That a person follows something, named by kind and number."""

    __tablename__ = "watch"
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    kind: Mapped[str] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    at: Mapped[datetime]
    __table_args__ = (
        CheckConstraint(f"kind IN ({_KINDS})", name="known_kind"),
        Index("ix_watch_subject", "kind", "number"),
    )
