"""Decisions that change a rule and that no rule says yet, as members noted them."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Text
from sqlalchemy.orm import Mapped, mapped_column

from intranet.core.db import Base

STATES = ("open", "settled")


class RuleDebt(Base):
    """That a decision changes the rules and its words stand in none of them; or, once `state` is
    settled, that nothing is left to be written. `because` is the reason of the last change."""

    __tablename__ = "rule_debt"
    decision_id: Mapped[int] = mapped_column(ForeignKey("decision.id"), primary_key=True)
    state: Mapped[str]
    page_id: Mapped[int | None] = mapped_column(ForeignKey("page.id"))
    because: Mapped[str] = mapped_column(Text)
    by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    at: Mapped[datetime]
    __table_args__ = (CheckConstraint("state IN ('open', 'settled')", name="known_state"),)
