"""Laying a file beside something: called by the command that holds the permission."""

from __future__ import annotations

from intranet.core.file_names import clean_name, media_type
from intranet.core.stored_files import Stored, path_of
from intranet.core.transaction import Transaction
from intranet.files.models import Attachment


def attach(tx: Transaction, subject_kind: str, subject_id: int, name: str, stored: Stored) -> int:
    """Write down that something has this file, which lies on the disk already; its number."""
    with path_of(stored.digest).open("rb") as file:
        beginning = file.read(16)
    attachment = Attachment(
        subject_kind=subject_kind,
        subject_id=subject_id,
        name=clean_name(name),
        digest=stored.digest,
        bytes=stored.bytes,
        media_type=media_type(beginning),
        at=tx.now,
        by_id=tx.actor.person_id,
    )
    tx.session.add(attachment)
    tx.session.flush()
    return attachment.id
