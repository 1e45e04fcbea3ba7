"""What the cooperative calls the same thing: every version of the list is kept."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Text
from sqlalchemy.orm import Mapped, mapped_column

from intranet.core.db import Identified, append_only


class SynonymList(Identified):
    """The whole list as somebody wrote it: a line for each thing, its names between equal signs.
    The last row counts."""

    __tablename__ = "synonym_list"
    text: Mapped[str] = mapped_column(Text)
    author_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    at: Mapped[datetime]


append_only(SynonymList)
