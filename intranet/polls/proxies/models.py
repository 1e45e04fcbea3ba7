"""Voices that members lend each other, for one vote or for those of a body that end on some
days: those of a meeting."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from intranet.core.db import Identified


class ProxyState(StrEnum):
    """Offered by the giver, then accepted or refused by the holder; revoked by the giver; returned
    when the holder gave it back or left."""

    OFFERED = "offered"
    ACCEPTED = "accepted"
    REFUSED = "refused"
    REVOKED = "revoked"
    RETURNED = "returned"


LIVE = (ProxyState.OFFERED, ProxyState.ACCEPTED)
"""The states in which a proxy can still be used."""

_LIVE = "state IN ('offered', 'accepted')"
_KNOWN = ", ".join(f"'{state}'" for state in ProxyState)


class Proxy(Identified):
    """One voice lent to one holder. It is never deleted.

    Its scope is either what is decided under an origin (a proposal), or every vote of a body that
    ends between two days, both included: for a meeting, its day.
    """

    __tablename__ = "proxy"
    giver_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    holder_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    body_id: Mapped[int] = mapped_column(ForeignKey("body.id"))
    origin_kind: Mapped[str | None]
    origin_id: Mapped[int | None]
    starts_on: Mapped[date | None]
    ends_on: Mapped[date | None]
    state: Mapped[str]
    given_at: Mapped[datetime]
    answered_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    __table_args__ = (
        CheckConstraint(f"state IN ({_KNOWN})", name="known_state"),
        CheckConstraint("giver_id <> holder_id", name="never_to_oneself"),
        CheckConstraint("(origin_kind IS NULL) = (origin_id IS NULL)", name="whole_origin"),
        CheckConstraint("(origin_id IS NULL) = (starts_on IS NOT NULL)", name="one_scope"),
        CheckConstraint("(starts_on IS NULL) = (ends_on IS NULL)", name="whole_period"),
        CheckConstraint("ends_on IS NULL OR ends_on >= starts_on", name="dates_in_order"),
        CheckConstraint(f"({_LIVE}) = (ended_at IS NULL)", name="ended_has_a_date"),
        Index(
            "uq_proxy_one_for_a_vote",
            "giver_id",
            "origin_kind",
            "origin_id",
            unique=True,
            sqlite_where=text(f"origin_id IS NOT NULL AND {_LIVE}"),
            postgresql_where=text(f"origin_id IS NOT NULL AND {_LIVE}"),
        ),
        Index("ix_proxy_giver", "giver_id", "state"),
        Index("ix_proxy_holder", "holder_id", "state"),
        Index("ix_proxy_body", "body_id", "state"),
    )
