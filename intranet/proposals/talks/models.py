"""How a proposal is talked about: in rounds, summed up, with positions, and by whom it was read."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from intranet.core.db import Base, Identified, append_only
from intranet.wiki.models import one_of


class RoundKind(StrEnum):
    """What a round of a discussion is for, in the usual order."""

    CLARIFICATION = "clarification"
    REACTIONS = "reactions"
    AMENDMENTS = "amendments"


class StanceKind(StrEnum):
    """Where somebody stands while a text is discussed. It is no vote and decides nothing."""

    AGREE = "agree"
    RESERVATION = "reservation"
    DISAGREE = "disagree"
    UNCLEAR = "unclear"


class TalkRound(Identified):
    """A part of the discussion of a proposal that a facilitator or the author opened; one at a
    time."""

    __tablename__ = "talk_round"
    proposal_id: Mapped[int] = mapped_column(ForeignKey("proposal.id"))
    kind: Mapped[str]
    opened_at: Mapped[datetime]
    opened_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    closed_at: Mapped[datetime | None]
    closed_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    __table_args__ = (
        CheckConstraint(one_of("kind", RoundKind), name="known_kind"),
        CheckConstraint("(closed_at IS NULL) = (closed_by_id IS NULL)", name="closed_by_somebody"),
        Index(
            "uq_talk_round_open",
            "proposal_id",
            unique=True,
            sqlite_where=text("closed_at IS NULL"),
            postgresql_where=text("closed_at IS NULL"),
        ),
    )


class Summary(Identified):
    """What the author of a proposal says was said so far. Never changed: a new one follows it."""

    __tablename__ = "proposal_summary"
    proposal_id: Mapped[int] = mapped_column(ForeignKey("proposal.id"))
    number: Mapped[int]
    text: Mapped[str] = mapped_column(Text)
    html: Mapped[str] = mapped_column(Text)
    author_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    at: Mapped[datetime]
    __table_args__ = (UniqueConstraint("proposal_id", "number"),)


class Stance(Base):
    """Where somebody stands on a version of a proposal: the last position they gave."""

    __tablename__ = "stance"
    proposal_id: Mapped[int] = mapped_column(ForeignKey("proposal.id"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    kind: Mapped[str]
    about_version: Mapped[int]
    at: Mapped[datetime]
    __table_args__ = (
        CheckConstraint(one_of("kind", StanceKind), name="known_kind"),
        Index("ix_stance_person", "person_id"),
    )


class LastRead(Base):
    """The version of a proposal that a person said they read, or acted on. It is shown to nobody
    else."""

    __tablename__ = "last_read"
    proposal_id: Mapped[int] = mapped_column(ForeignKey("proposal.id"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    number: Mapped[int]
    at: Mapped[datetime]


EMPTIED = " AND ".join(
    (
        "NEW.text = ''",
        "NEW.html = ''",
        *(
            f"coalesce(CAST(NEW.{name} AS TEXT), '') = coalesce(CAST(OLD.{name} AS TEXT), '')"
            for name in ("id", "proposal_id", "number", "author_id", "at")
        ),
    )
)

append_only(Summary, emptied=EMPTIED)
