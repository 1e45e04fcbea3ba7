"""Passkeys: public keys of devices, and the challenges that wait for an answer."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from intranet.core.db import Base, Identified


class Passkey(Identified):
    """A key that a device keeps for its owner; here lies the public half, in base64url."""

    __tablename__ = "passkey"
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    credential_id: Mapped[str] = mapped_column(unique=True)
    public_key: Mapped[str]
    sign_count: Mapped[int]
    name: Mapped[str]
    created_at: Mapped[datetime]
    last_used_at: Mapped[datetime | None]
    __table_args__ = (Index("ix_passkey_account", "account_id"),)


class Challenge(Base):
    """A question put to a device, answered once within minutes. Only its digest is kept."""

    __tablename__ = "passkey_challenge"
    digest: Mapped[str] = mapped_column(primary_key=True)
    account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    expires_at: Mapped[datetime]
