"""Uses of files: which thing has which file, under which name."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from intranet.core.db import Identified, append_only


class Attachment(Identified):
    """A file beside something of another room, named by its kind and number. Never changed nor
    taken away; two of one name both stay. `media_type` follows from the first bytes."""

    __tablename__ = "attachment"
    subject_kind: Mapped[str]
    subject_id: Mapped[int]
    name: Mapped[str]
    digest: Mapped[str]
    bytes: Mapped[int]
    media_type: Mapped[str]
    at: Mapped[datetime]
    by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    __table_args__ = (
        CheckConstraint("bytes >= 0", name="bytes_not_negative"),
        CheckConstraint("length(digest) = 64", name="whole_digest"),
        Index("ix_attachment_subject", "subject_kind", "subject_id"),
        Index("ix_attachment_digest", "digest"),
    )


append_only(Attachment)
