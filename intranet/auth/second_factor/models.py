"""The second factor of an account, and the codes that replace a lost telephone."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from intranet.core.db import Base, Identified


class SecondFactor(Base):
    """An application that shows codes. Its seed is made of this salt and the secret of the
    installation, so that a copy of the database gives no code. It counts once confirmed."""

    __tablename__ = "second_factor"
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), primary_key=True)
    salt: Mapped[str]
    created_at: Mapped[datetime]
    confirmed_at: Mapped[datetime | None]
    last_step: Mapped[int] = mapped_column(default=0)


class RecoveryCode(Identified):
    """A code that works once in place of the application. Only its digest is kept."""

    __tablename__ = "recovery_code"
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    digest: Mapped[str]
    used_at: Mapped[datetime | None]
    __table_args__ = (UniqueConstraint("account_id", "digest"),)
