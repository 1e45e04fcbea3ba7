"""The end of a rule: by which decision, and from which day. The page stays readable."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from intranet.core.db import Base, append_only
from intranet.core.transaction import Reader


class RuleRepeal(Base):
    """That a decision repeals a rule from a day on; written once, for ever."""

    __tablename__ = "rule_repeal"
    page_id: Mapped[int] = mapped_column(ForeignKey("page.id"), primary_key=True)
    decision_number: Mapped[str]
    repealed_on: Mapped[date]
    at: Mapped[datetime]


def repeal_of(reader: Reader, page_id: int) -> RuleRepeal | None:
    """The repeal of a rule, in effect or to come; None while there is none."""
    return reader.session.get(RuleRepeal, page_id)


append_only(RuleRepeal)
