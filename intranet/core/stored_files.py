"""Files by their content: each lies once in the instance folder, under its SHA-256.

A file has its name only when all its bytes and the folder are on the disk, so a row that names it
never outlives it. A file without a row is harmless: the next one with its bytes finds it there.
"""

from __future__ import annotations

import hashlib
import os
import re
import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from intranet.core.durability import keep_name

CHUNK = 1024 * 1024
IS_DIGEST = re.compile(r"[0-9a-f]{64}")


class TooLarge(Exception):
    """The file has more bytes than it may; nothing of it was kept."""


@dataclass(frozen=True)
class Stored:
    """A file on the disk: its SHA-256 in hexadecimal and its size in bytes."""

    digest: str
    bytes: int


class FileFolder:
    """Where the files of this installation lie; chosen by the application factory."""

    path: Path | None = None


def use_folder(path: Path) -> None:
    """Keep files in this folder, readable by its owner only."""
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    FileFolder.path = path


def path_of(digest: str) -> Path:
    """Where a file lies, or would lie. Raises ValueError for what is no digest."""
    assert FileFolder.path is not None, "use_folder() comes first"  # noqa: S101
    if not IS_DIGEST.fullmatch(digest):
        raise ValueError(digest)
    return FileFolder.path / digest


def keep(source: BinaryIO, most: int) -> Stored:
    """Put the bytes of an open file on the disk for good, reading them piece by piece.

    Raises TooLarge above `most` bytes.
    """
    assert FileFolder.path is not None, "use_folder() comes first"  # noqa: S101
    coming = FileFolder.path / f".coming-{secrets.token_hex(8)}"
    descriptor = os.open(coming, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as target:
            stored = _copied(source, target, most)
            target.flush()
            os.fsync(target.fileno())
        coming.replace(path_of(stored.digest))
    finally:
        coming.unlink(missing_ok=True)
    keep_name(path_of(stored.digest))
    return stored


def _copied(source: BinaryIO, target: BinaryIO, most: int) -> Stored:
    digest, size = hashlib.sha256(), 0
    for piece in _pieces(source):
        size += len(piece)
        if size > most:
            raise TooLarge
        digest.update(piece)
        target.write(piece)
    return Stored(digest.hexdigest(), size)


def _pieces(source: BinaryIO) -> Iterator[bytes]:
    while piece := source.read(CHUNK):
        yield piece


def problem_of(stored: Stored) -> str:
    """What is wrong with a file that should lie on the disk: "missing", "altered", or nothing."""
    try:
        with path_of(stored.digest).open("rb") as file:
            digest, size = hashlib.sha256(), 0
            for piece in _pieces(file):
                digest.update(piece)
                size += len(piece)
    except OSError:
        return "missing"
    return "" if Stored(digest.hexdigest(), size) == stored else "altered"


def is_there(stored: Stored) -> bool:
    """Whether a file of this size lies on the disk, without reading it."""
    path = path_of(stored.digest)
    return path.is_file() and path.stat().st_size == stored.bytes
