"""The advice of people without a vote: a roll and a box of their own, never those of the vote."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from intranet.core.db import Base, Identified, append_only


class Advisor(Identified):
    """One line of the roll of those asked for their advice. It gives no voice."""

    __tablename__ = "advisor"
    poll_id: Mapped[int] = mapped_column(ForeignKey("poll.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    has_answered: Mapped[bool] = mapped_column(default=False)
    __table_args__ = (
        UniqueConstraint("poll_id", "person_id"),
        Index("ix_advisor_person", "person_id", "has_answered"),
    )


class Advice(Identified):
    """A position without a voice. The last one of each advisor counts; all are kept."""

    __tablename__ = "advice"
    poll_id: Mapped[int] = mapped_column(ForeignKey("poll.id"))
    advisor_id: Mapped[int] = mapped_column(ForeignKey("advisor.id"))
    option: Mapped[str]
    reason: Mapped[str] = mapped_column(Text, default="")
    given_at: Mapped[datetime]
    __table_args__ = (Index("ix_advice_poll", "poll_id", "advisor_id", "id"),)


class AdvisoryOutcome(Base):
    """The count of the advice given on a poll, written once, beside the outcome of the vote."""

    __tablename__ = "advisory_outcome"
    poll_id: Mapped[int] = mapped_column(ForeignKey("poll.id"), primary_key=True)
    electorate_digest: Mapped[str]
    positions_digest: Mapped[str]
    outcome: Mapped[str] = mapped_column(Text)


append_only(Advice)
append_only(AdvisoryOutcome)
