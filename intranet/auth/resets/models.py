"""Forgotten passwords: who asked, and the links that let a new one be chosen."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from intranet.core.db import Base, Identified


class ResetRequest(Base):
    """Somebody asked for an address, known or not: the same row is written for both, so that
    neither the answer nor its time tells which. `answered_at` is set for both as well, by the
    worker: when it mailed a link, or found nobody to mail one to."""

    __tablename__ = "reset_request"
    address_digest: Mapped[str] = mapped_column(primary_key=True)
    asked_at: Mapped[datetime]
    answered_at: Mapped[datetime | None]


class ResetLink(Identified):
    """A link that lets one account choose a new password: once, for an hour."""

    __tablename__ = "reset_link"
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    token_digest: Mapped[str] = mapped_column(unique=True)
    made_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]
    __table_args__ = (
        CheckConstraint("expires_at > created_at", name="dates_in_order"),
        Index("ix_reset_link_account", "account_id"),
    )
