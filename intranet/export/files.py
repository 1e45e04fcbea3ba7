"""The files beside decisions: each as it was laid there, with a table that says whose it is."""

from __future__ import annotations

from pathlib import PurePath

from intranet.core.stored_files import is_there, path_of
from intranet.core.transaction import Reader
from intranet.decisions.queries import numbers_of
from intranet.export.folder import Folder, file_name
from intranet.files.queries import of_kind

HEADER = ("decision", "name", "path", "bytes", "sha256", "at", "by")


def write_files(reader: Reader, folder: Folder) -> None:
    """files/ and files.csv, for the decisions the reader may see. A file that the disk has lost
    has a line without a path."""
    numbers = numbers_of(reader)
    rows: list[tuple[object, ...]] = []
    for card in of_kind(reader, "decision"):
        number = numbers.get(card.subject_id)
        if number is None:
            continue
        path = ""
        if is_there(card.stored):
            ending = file_name(PurePath(card.name).suffix)
            named = f"{file_name(number)}-{card.id}-{file_name(PurePath(card.name).stem)}"
            path = f"files/{named}.{ending}" if PurePath(card.name).suffix else f"files/{named}"
            folder.copy(path, path_of(card.digest))
        rows.append((number, card.name, path, card.bytes, card.digest, card.at, card.by))
    folder.write_table("files.csv", HEADER, rows)
