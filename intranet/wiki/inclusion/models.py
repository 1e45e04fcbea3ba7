"""What a rule included on the day on which a decision wrote it: that text, and no later one."""

from __future__ import annotations

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from intranet.core.db import Base, append_only


class FrozenInclusion(Base):
    """The text that a rule includes at one place; none when nothing could be included there.

    `place` names the paragraph by its id and its words, and inside a text that is itself included
    goes on with the number of the paragraph there. Rewritten by another decision, it is another
    place.
    """

    __tablename__ = "frozen_inclusion"
    page_id: Mapped[int] = mapped_column(ForeignKey("page.id"), primary_key=True)
    place: Mapped[str] = mapped_column(primary_key=True)
    revision_id: Mapped[int | None] = mapped_column(ForeignKey("revision.id"))


append_only(FrozenInclusion)
