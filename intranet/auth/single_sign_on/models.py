"""Accounts elsewhere that open an account here."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from intranet.core.db import Identified


class Identity(Identified):
    """An account at a provider, known by issuer and subject and never by an address."""

    __tablename__ = "identity"
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    issuer: Mapped[str]
    subject: Mapped[str]
    linked_at: Mapped[datetime]
    last_used_at: Mapped[datetime | None]
    __table_args__ = (
        UniqueConstraint("issuer", "subject"),
        Index("ix_identity_account", "account_id"),
    )
