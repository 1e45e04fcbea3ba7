"""The end of a rule: by which decision, and from which day. The page stays readable."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime

from sqlalchemy import ForeignKey, select
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


def repealed_by(reader: Reader, page_ids: Collection[int], on: date) -> set[int]:
    """Those of these rules that are repealed on a day."""
    query = select(RuleRepeal.page_id).where(
        RuleRepeal.page_id.in_(page_ids), RuleRepeal.repealed_on <= on
    )
    return set(reader.session.scalars(query))


append_only(RuleRepeal)
