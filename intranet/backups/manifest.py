"""What a backup says of itself: what it holds, with checksums, and the moment it shows."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

FORMAT = 1
MANIFEST = "manifest.json"
DATABASE = "intranet.db"
SETTINGS = "settings.json"
SECRET_KEY = "secret-key"  # noqa: S105 - the name of a file
MEMBERS = frozenset({DATABASE, SETTINGS, SECRET_KEY})
FILES = "files"
_FILE = re.compile(rf"{FILES}/[0-9a-f]{{64}}")
CHUNK = 1024 * 1024


class BadBackup(Exception):
    """The file is no backup, or not a whole one; the message says in English what is wrong."""


@dataclass(frozen=True)
class FileSum:
    """The size of a file in bytes, and its SHA-256 in hexadecimal."""

    bytes: int
    sha256: str


@dataclass(frozen=True)
class Manifest:
    """`events` and `digest` are the last line of the journal. `open_secret_polls` are the secret
    votes under way: their opening keys are in no backup, so these votes cannot be counted after
    a restore. `missing_files` are digests of files that the disk had lost already.
    """

    made_at: str
    version: str
    events: int
    digest: str
    open_secret_polls: int
    files: Mapping[str, FileSum]
    missing_files: tuple[str, ...] = ()
    format: int = FORMAT

    def to_text(self) -> str:
        """The manifest as it stands in the backup."""
        return json.dumps(asdict(self), indent=2) + "\n"

    @classmethod
    def from_text(cls, text: str) -> Manifest:
        """The manifest that `to_text` wrote. Raises BadBackup on anything else."""
        try:
            stored: dict[str, Any] = json.loads(text)
            files = {name: FileSum(**found) for name, found in stored.pop("files").items()}
            missing = tuple(stored.pop("missing_files", ()))
            manifest = cls(files=files, missing_files=missing, **stored)
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise BadBackup(f"its {MANIFEST} cannot be read") from error
        if manifest.format != FORMAT:
            raise BadBackup("it was made by a version of the intranet that is unknown here")
        if DATABASE not in files or not all(is_member(name) for name in files):
            raise BadBackup(f"its {MANIFEST} names other files than a backup has")
        return manifest


def is_member(name: str) -> bool:
    """Whether a backup may hold a file of this name."""
    return name in MEMBERS or _FILE.fullmatch(name) is not None


def sum_of(path: Path) -> FileSum:
    """The size and the checksum of a file, read in pieces."""
    digest, size = hashlib.sha256(), 0
    with path.open("rb") as file:
        while piece := file.read(CHUNK):
            digest.update(piece)
            size += len(piece)
    return FileSum(size, digest.hexdigest())
