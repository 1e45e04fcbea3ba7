"""Links by which somebody outside reads one page until a day."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from intranet.core.db import Identified


class PageGuestLink(Identified):
    """A link to one page for somebody outside, without any other right. Only the digest of its
    token is kept. `audience` is that of the page when the link was made: a page closed to some of
    these people later is closed to the guest too."""

    __tablename__ = "page_guest_link"
    page_id: Mapped[int] = mapped_column(ForeignKey("page.id"))
    token_digest: Mapped[str] = mapped_column(unique=True)
    guest: Mapped[str]
    audience: Mapped[str]
    at: Mapped[datetime]
    by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    ends_on: Mapped[date]
    revoked_at: Mapped[datetime | None]
    revoked_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    __table_args__ = (Index("ix_page_guest_link_page", "page_id"),)
