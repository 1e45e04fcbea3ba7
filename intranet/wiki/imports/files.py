"""What an import does with one file, and under which name it lies beside its page."""

from __future__ import annotations

from pathlib import PurePosixPath

from sqlalchemy import select
from sqlalchemy.orm import Session

from intranet.core.file_names import clean_name
from intranet.core.stored_files import Stored
from intranet.files.models import Attachment
from intranet.wiki.attachments.models import KIND, PageFile
from intranet.wiki.imports.laying import Laying
from intranet.wiki.imports.models import FileSource


def is_known(session: Session, laying: Laying, digest: str) -> bool:
    """Whether the last import brought these bytes under this path already."""
    sources = [session.get(FileSource, path) for path in laying.paths]
    return bool(sources) and all(source and source.digest == digest for source in sources)


def place_of(session: Session, laying: Laying, page_id: int, stored: Stored) -> tuple[int, str]:
    """The page and the name for a file: those it has, so that other bytes become a version of it,
    else its page and the first name that no other file has there."""
    for path in laying.paths:
        source = session.get(FileSource, path)
        file = session.get(PageFile, source.file_id) if source else None
        if file is not None and file.removed_at is None:
            return file.page_id, file.name
    wanted = PurePosixPath(clean_name(laying.name))
    names = [wanted.name, *(f"{wanted.stem} ({n}){wanted.suffix}" for n in range(2, 1000))]
    return page_id, next(name for name in names if _is_free(session, page_id, name, stored))


def _is_free(session: Session, page_id: int, name: str, stored: Stored) -> bool:
    """Whether no file of the page has this name, or one with these very bytes."""
    query = (
        select(Attachment.digest)
        .join(PageFile, (PageFile.id == Attachment.subject_id) & (Attachment.subject_kind == KIND))
        .where(
            PageFile.page_id == page_id,
            PageFile.name_key == name.casefold(),
            PageFile.removed_at.is_(None),
        )
        .order_by(Attachment.id.desc())
        .limit(1)
    )
    return session.scalar(query) in (None, stored.digest)


def remember(session: Session, laying: Laying, file_id: int, digest: str) -> None:
    """Note under which paths texts name this file."""
    for path in laying.paths:
        source = session.get(FileSource, path) or FileSource(path=path)
        source.file_id, source.digest = file_id, digest
        session.add(source)
