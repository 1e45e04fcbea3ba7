"""Files of pages: each has a name on its page, and its versions are attachments."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from intranet.core.db import Identified

KIND = "page_file"
"""Under this word the versions of a page's file stand among the attachments."""


class PageFile(Identified):
    """A file of a page. Its number never changes, so a link to it holds when the page is renamed
    or moved. Removing it hides it; its versions stay."""

    __tablename__ = "page_file"
    page_id: Mapped[int] = mapped_column(ForeignKey("page.id"))
    name: Mapped[str]
    name_key: Mapped[str]
    created_at: Mapped[datetime]
    created_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    removed_at: Mapped[datetime | None]
    removed_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    __table_args__ = (
        Index(
            "uq_page_file_shown",
            "page_id",
            "name_key",
            unique=True,
            sqlite_where=text("removed_at IS NULL"),
            postgresql_where=text("removed_at IS NULL"),
        ),
    )
