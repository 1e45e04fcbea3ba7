"""Seeds drawn in public, as each person who saw the draw said them."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from intranet.core.db import Identified, append_only


class SaidSeed(Identified):
    """That somebody on the roll said which seed was drawn. It is the seed of the vote once two
    people said the same; what was said otherwise stays, for all to see."""

    __tablename__ = "said_seed"
    poll_id: Mapped[int] = mapped_column(ForeignKey("poll.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    seed: Mapped[str]
    at: Mapped[datetime]
    __table_args__ = (Index("ix_said_seed_poll", "poll_id", "id"),)


append_only(SaidSeed)
