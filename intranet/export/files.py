"""The files beside decisions and pages: each as it was laid there, with tables that say whose."""

from __future__ import annotations

from pathlib import PurePath

from sqlalchemy import select

from intranet.core.stored_files import is_there, path_of
from intranet.core.transaction import Reader
from intranet.decisions.queries import numbers_of
from intranet.export.folder import Folder, file_name
from intranet.files.queries import AttachmentCard, of_kind
from intranet.wiki.attachments.models import KIND, PageFile
from intranet.wiki.models import Page
from intranet.wiki.visibility import visible

HEADER = ("decision", "name", "path", "bytes", "sha256", "at", "by")


PAGE_HEADER = ("page", "file", "name", "path", "bytes", "sha256", "at", "by", "removed")


def write_files(reader: Reader, folder: Folder) -> None:
    """files/ and files.csv, for the decisions the reader may see. A file that the disk has lost
    has a line without a path."""
    numbers = numbers_of(reader)
    rows: list[tuple[object, ...]] = []
    for card in of_kind(reader, "decision"):
        number = numbers.get(card.subject_id)
        if number is not None:
            path = _copied(folder, "files", number, card)
            rows.append((number, card.name, path, card.bytes, card.digest, card.at, card.by))
    folder.write_table("files.csv", HEADER, rows)


def write_page_files(reader: Reader, folder: Folder) -> None:
    """page-files/ and page-files.csv: every version of every file of the pages the reader may see,
    in the order in which they came. `file` is the number by which texts lead to it."""
    query = (
        select(PageFile.id, Page.slug, PageFile.removed_at)
        .join(Page, Page.id == PageFile.page_id)
        .where(visible(reader), Page.trashed_at.is_(None))
    )
    known = {row.id: row for row in reader.session.execute(query)}
    rows: list[tuple[object, ...]] = []
    for card in of_kind(reader, KIND):
        file = known.get(card.subject_id)
        if file is not None:
            path = _copied(folder, "page-files", file.slug, card)
            facts = (card.bytes, card.digest, card.at, card.by, file.removed_at)
            rows.append((file.slug, file.id, card.name, path, *facts))
    folder.write_table("page-files.csv", PAGE_HEADER, rows)


def _copied(folder: Folder, under: str, beside: str, card: AttachmentCard) -> str:
    """Where the bytes of a file were put; nothing when the disk has lost them."""
    if not is_there(card.stored):
        return ""
    ending = file_name(PurePath(card.name).suffix)
    named = f"{file_name(beside)}-{card.id}-{file_name(PurePath(card.name).stem)}"
    path = f"{under}/{named}.{ending}" if PurePath(card.name).suffix else f"{under}/{named}"
    folder.copy(path, path_of(card.digest))
    return path
