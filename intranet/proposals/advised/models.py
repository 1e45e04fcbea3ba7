"""What one person decided after asking for advice, with their answer to it."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text
from sqlalchemy.orm import Mapped, mapped_column

from intranet.core.db import Identified, append_only
from intranet.wiki.models import one_of


class Choice(StrEnum):
    """What the person who asked for advice decides: the text as it stands, to reword it and go on
    talking, or nothing."""

    ADOPT = "adopt"
    REVISE = "revise"
    GIVE_UP = "give_up"


class AdvisedDecision(Identified):
    """What the author of a proposal decided alone once advice had been given on it, and how the
    advice was taken into account, in words. One for each time advice was asked; never changed."""

    __tablename__ = "advised_decision"
    poll_id: Mapped[int] = mapped_column(ForeignKey("poll.id"), unique=True)
    proposal_id: Mapped[int] = mapped_column(ForeignKey("proposal.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    choice: Mapped[str]
    answer: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime]
    __table_args__ = (
        CheckConstraint(one_of("choice", Choice), name="known_choice"),
        Index("ix_advised_decision_proposal", "proposal_id", "id"),
    )


EMPTIED = " AND ".join(
    (
        "NEW.answer = ''",
        *(
            f"coalesce(CAST(NEW.{name} AS TEXT), '') = coalesce(CAST(OLD.{name} AS TEXT), '')"
            for name in ("id", "poll_id", "proposal_id", "person_id", "choice", "at")
        ),
    )
)

append_only(AdvisedDecision, emptied=EMPTIED)
