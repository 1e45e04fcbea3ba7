"""What a decision asks somebody to do: a fact, and the steps by which it gets done."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text
from sqlalchemy.orm import Mapped, mapped_column

from intranet.core.db import Identified, append_only


class ActionState(StrEnum):
    """Where an action stands after its last step."""

    OPEN = "open"
    DONE = "done"
    DROPPED = "dropped"


_STATES = ", ".join(f"'{state}'" for state in ActionState)


class Action(Identified):
    """One thing to do because of a decision. Never changed; its `ActionStep`s say the rest."""

    __tablename__ = "decision_action"
    decision_id: Mapped[int] = mapped_column(ForeignKey("decision.id"))
    what: Mapped[str]
    at: Mapped[datetime]
    by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    __table_args__ = (Index("ix_decision_action_decision", "decision_id"),)


class ActionStep(Identified):
    """Who does an action until when, and whether it is done, from one instant on.

    The last step counts; the earlier ones are its history. `due_on` is the last day in time.
    """

    __tablename__ = "decision_action_step"
    action_id: Mapped[int] = mapped_column(ForeignKey("decision_action.id"))
    state: Mapped[str]
    owner_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    due_on: Mapped[date | None]
    note: Mapped[str] = mapped_column(Text, default="")
    at: Mapped[datetime]
    by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    __table_args__ = (
        CheckConstraint(f"state IN ({_STATES})", name="known_state"),
        Index("ix_decision_action_step_action", "action_id", "id"),
        Index("ix_decision_action_step_owner", "owner_id"),
    )


append_only(Action)
append_only(ActionStep)
