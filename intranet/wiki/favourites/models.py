"""The pages somebody keeps at hand: theirs alone, and no record of anything."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from intranet.core.db import Base


class Favourite(Base):
    """A page that a person keeps at hand."""

    __tablename__ = "favourite"
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    page_id: Mapped[int] = mapped_column(ForeignKey("page.id"), primary_key=True)
    at: Mapped[datetime]
