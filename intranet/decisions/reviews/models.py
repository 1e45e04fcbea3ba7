"""Reviews: what was found when a decision was looked at again, and what followed from it."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text
from sqlalchemy.orm import Mapped, mapped_column

from intranet.core.db import Base, Identified, append_only


class ReviewOutcome(StrEnum):
    """What those who reviewed a decision want to become of it."""

    KEEP = "keep"
    AMEND = "amend"
    REPEAL = "repeal"


class Notice(StrEnum):
    """What is told once about a date of a decision."""

    REVIEW_DUE = "review_due"
    ENDS_SOON = "ends_soon"
    ENDED = "ended"


_OUTCOMES = ", ".join(f"'{outcome}'" for outcome in ReviewOutcome)
_NOTICES = ", ".join(f"'{notice}'" for notice in Notice)


class Review(Identified):
    """One review of a decision, never changed: a later look is a further review.

    The questions are those of the logbook of Sociocracy 3.0: how has it helped, any reason to
    drop it, how to improve it, the next review date. From then on `next_on` counts instead of the
    review date that the decision was entered with.
    """

    __tablename__ = "decision_review"
    decision_id: Mapped[int] = mapped_column(ForeignKey("decision.id"))
    reviewed_on: Mapped[date]
    at: Mapped[datetime]
    by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    helped: Mapped[str] = mapped_column(Text)
    against: Mapped[str] = mapped_column(Text)
    better: Mapped[str] = mapped_column(Text)
    outcome: Mapped[str]
    next_on: Mapped[date]
    __table_args__ = (
        CheckConstraint(f"outcome IN ({_OUTCOMES})", name="known_outcome"),
        CheckConstraint("next_on > reviewed_on", name="next_comes_later"),
        Index("ix_decision_review_decision", "decision_id", "id"),
    )


class FollowUp(Base):
    """What was begun because a review asked for it, by kind and number: ("proposal", 42)."""

    __tablename__ = "decision_follow_up"
    review_id: Mapped[int] = mapped_column(ForeignKey("decision_review.id"), primary_key=True)
    origin_kind: Mapped[str] = mapped_column(primary_key=True)
    origin_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    at: Mapped[datetime]


class Told(Base):
    """That something about a date of a decision was told: once for each date, never twice."""

    __tablename__ = "decision_told"
    decision_id: Mapped[int] = mapped_column(ForeignKey("decision.id"), primary_key=True)
    notice: Mapped[str] = mapped_column(primary_key=True)
    about: Mapped[date] = mapped_column(primary_key=True)
    __table_args__ = (CheckConstraint(f"notice IN ({_NOTICES})", name="known_notice"),)


append_only(Review)
append_only(FollowUp)
