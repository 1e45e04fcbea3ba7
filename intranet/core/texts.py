"""The words of records, kept by digest, so that a text can be redacted without breaking a chain."""

from __future__ import annotations

import hashlib

from sqlalchemy import Text
from sqlalchemy.orm import Mapped, Session, mapped_column

from intranet.core.db import Base, insert_once


class TextBody(Base):
    """A text under its digest. An empty body with a redaction reason means: removed by law."""

    __tablename__ = "text_body"
    digest: Mapped[str] = mapped_column(primary_key=True)
    body: Mapped[str] = mapped_column(Text)
    redacted_because: Mapped[str | None] = mapped_column(Text)


def text_digest(text: str) -> str:
    """SHA-256 of the text in UTF-8, in hexadecimal."""
    return hashlib.sha256(text.encode()).hexdigest()


def keep_text(session: Session, text: str) -> str:
    """Store a text once and give its digest."""
    digest = text_digest(text)
    insert_once(session, TextBody, digest=digest, body=text)
    return digest


def text_of(session: Session, digest: str) -> str:
    """The text under a digest; empty when it was redacted. Raises KeyError when unknown."""
    body = session.get(TextBody, digest)
    if body is None:
        raise KeyError(digest)
    return body.body
