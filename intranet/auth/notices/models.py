"""What was done to somebody's account that its owner is to be told."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from intranet.core.db import Identified


class Notice(Identified):
    """One line for the owner of an account: what happened, when, and who did it."""

    __tablename__ = "account_notice"
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    code: Mapped[str]
    by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    at: Mapped[datetime]
    __table_args__ = (Index("ix_account_notice_account", "account_id", "id"),)
