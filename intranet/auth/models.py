"""Accounts, the sessions they open, the invitations that create them, and counted attempts."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from intranet.core.db import Base, Identified
from intranet.members.models import Person


class Account(Identified):
    """The way a person signs in. Being an administrator gives no political right.

    `password_hash` is empty for somebody who comes in by a provider alone: no password fits it.
    """

    __tablename__ = "account"
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), unique=True)
    email: Mapped[str] = mapped_column(unique=True)
    password_hash: Mapped[str]
    is_administrator: Mapped[bool] = mapped_column(default=False)
    language: Mapped[str | None]
    created_at: Mapped[datetime]
    disabled_at: Mapped[datetime | None]
    person: Mapped[Person] = relationship()


class SignIn(Identified):
    """An open session, which the server can end. Only the digest of its token is kept."""

    __tablename__ = "sign_in"
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    token_digest: Mapped[str] = mapped_column(unique=True)
    created_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    device: Mapped[str] = mapped_column(default="")
    last_seen_on: Mapped[date | None]
    __table_args__ = (Index("ix_sign_in_account", "account_id"),)


class Invitation(Identified):
    """A way in for one person, by a link that works once and for a limited time."""

    __tablename__ = "invitation"
    token_digest: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    email: Mapped[str]
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    invited_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    accepted_at: Mapped[datetime | None]
    __table_args__ = (CheckConstraint("expires_at > created_at", name="dates_in_order"),)


class Throttle(Base):
    """Failed attempts of one kind from one place or for one address, in one window of time."""

    __tablename__ = "throttle"
    key: Mapped[str] = mapped_column(primary_key=True)
    window_starts_at: Mapped[datetime]
    failures: Mapped[int]
