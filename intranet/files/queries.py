"""The files beside something. Whoever asks has checked the right to see that thing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, select

from intranet.core.policy import NotFound
from intranet.core.stored_files import Stored
from intranet.core.transaction import Reader
from intranet.files.models import Attachment
from intranet.members.models import Person


@dataclass(frozen=True)
class AttachmentCard:
    """A file as a page shows it."""

    id: int
    subject_id: int
    name: str
    digest: str
    bytes: int
    media_type: str
    at: datetime
    by: str | None

    @property
    def stored(self) -> Stored:
        """Its bytes on the disk."""
        return Stored(self.digest, self.bytes)


def _cards(subject_kind: str) -> Select[Attachment, str | None]:
    return (
        select(Attachment, Person.name)
        .outerjoin(Person, Person.id == Attachment.by_id)
        .where(Attachment.subject_kind == subject_kind)
        .order_by(Attachment.id)
    )


def _card(row: Attachment, by: str | None) -> AttachmentCard:
    names = ("id", "subject_id", "name", "digest", "bytes", "media_type", "at")
    return AttachmentCard(**{name: getattr(row, name) for name in names}, by=by)


def beside(reader: Reader, subject_kind: str, subject_id: int) -> tuple[AttachmentCard, ...]:
    """The files of one thing, in the order in which they came."""
    rows = reader.session.execute(_cards(subject_kind).where(Attachment.subject_id == subject_id))
    return tuple(_card(row, by) for row, by in rows)


def beside_these(
    reader: Reader, subject_kind: str, subject_ids: Iterable[int]
) -> tuple[AttachmentCard, ...]:
    """The files of some things of one kind, in the order in which they came, in one statement."""
    query = _cards(subject_kind).where(Attachment.subject_id.in_(list(subject_ids)))
    return tuple(_card(row, by) for row, by in reader.session.execute(query))


def of_kind(reader: Reader, subject_kind: str) -> tuple[AttachmentCard, ...]:
    """The files of all things of one kind, in the order in which they came."""
    return tuple(_card(row, by) for row, by in reader.session.execute(_cards(subject_kind)))


def attachment(reader: Reader, subject_kind: str, subject_id: int, number: int) -> AttachmentCard:
    """One file of one thing. Raises NotFound when the thing has no such file."""
    query = _cards(subject_kind).where(Attachment.subject_id == subject_id, Attachment.id == number)
    row = reader.session.execute(query).one_or_none()
    if row is None:
        raise NotFound
    return _card(*row)


def kept(reader: Reader) -> list[Stored]:
    """Every file that is used anywhere, once."""
    query = select(Attachment.digest, Attachment.bytes).distinct().order_by(Attachment.digest)
    return [Stored(*row) for row in reader.session.execute(query)]
