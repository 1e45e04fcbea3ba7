"""The words of records, kept by digest, so that a text can be redacted without breaking a chain."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ForeignKey, Text, bindparam, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from intranet.core.db import Base, insert_once, run
from intranet.core.policy import Conflict


class TextBody(Base):
    """A text under its digest. An empty body with a redaction reason means: removed by law."""

    __tablename__ = "text_body"
    digest: Mapped[str] = mapped_column(primary_key=True)
    body: Mapped[str] = mapped_column(Text)
    redacted_because: Mapped[str | None] = mapped_column(Text)
    redacted_at: Mapped[datetime | None]
    redacted_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))


_BODY = select(TextBody.body).where(TextBody.digest == bindparam("digest"))


@dataclass(frozen=True)
class Removal:
    """That the words under a digest were removed: when, by whom, and why."""

    at: datetime | None
    by: str | None
    because: str


def text_digest(text: str) -> str:
    """SHA-256 of the text in UTF-8, in hexadecimal."""
    return hashlib.sha256(text.encode()).hexdigest()


def keep_text(session: Session, text: str) -> str:
    """Store a text once and give its digest. Raises Conflict for words that were removed: they
    would be gone again without a trace."""
    digest = text_digest(text)
    is_new = insert_once(session, TextBody, digest=digest, body=text)
    if text and not is_new and text_of(session, digest) == "":
        raise Conflict("texts.were_removed")
    return digest


def remove_text(session: Session, digest: str, removal: Removal, by_id: int | None) -> bool:
    """Empty a text for ever; whether it still held words. The digest stays, and with it every
    record and chain that names it."""
    emptied = session.execute(
        update(TextBody)
        .where(TextBody.digest == digest, TextBody.body != "")
        .values(
            body="",
            redacted_because=removal.because,
            redacted_at=removal.at,
            redacted_by_id=by_id,
        )
    )
    return bool(emptied.rowcount)  # type: ignore[attr-defined]


def text_of(session: Session, digest: str) -> str:
    """The text under a digest; empty when it was redacted. Raises KeyError when unknown."""
    body: str | None = run(session, _BODY, {"digest": digest}).scalar_one_or_none()
    if body is None:
        raise KeyError(digest)
    return body
