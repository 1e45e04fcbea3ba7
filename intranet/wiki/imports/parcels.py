"""Archives that wait for somebody to confirm their import; they are thrown away afterwards."""

from __future__ import annotations

import os
import re
import secrets
import shutil
import time
from pathlib import Path
from typing import BinaryIO

from intranet.core.stored_files import TooLarge

KEPT_SECONDS = 3 * 24 * 3600
_NAME = re.compile(r"[0-9a-f]{32}")


class ParcelFolder:
    """Where the archives of this installation wait; chosen by the application factory."""

    path: Path | None = None
    most_bytes: int = 0


def most_bytes() -> int:
    """How large a file of an import may be, as the setting says."""
    return ParcelFolder.most_bytes


def use_folder(path: Path, most_megabytes: int) -> None:
    """Keep archives in this folder, readable by its owner only."""
    ParcelFolder.most_bytes = most_megabytes * 1024 * 1024
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    ParcelFolder.path = path


def path_of(parcel: str) -> Path:
    """Where an archive waits. Raises ValueError for what is no name of one."""
    assert ParcelFolder.path is not None, "use_folder() comes first"  # noqa: S101
    if not _NAME.fullmatch(parcel):
        raise ValueError(parcel)
    return ParcelFolder.path / parcel


def keep(source: BinaryIO, most: int) -> str:
    """Put an archive that was sent aside; gives the name by which it waits. Raises TooLarge."""
    parcel = secrets.token_hex(16)
    path = path_of(parcel)
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as target:
        shutil.copyfileobj(source, target)
        size = target.tell()
    if size > most:
        path.unlink()
        raise TooLarge
    return parcel


def throw_away(parcel: str) -> None:
    """Remove an archive, when it still waits."""
    path_of(parcel).unlink(missing_ok=True)


def throw_old_away() -> int:
    """Remove the archives that nobody confirmed within three days; gives how many."""
    if ParcelFolder.path is None:
        return 0
    before = time.time() - KEPT_SECONDS
    old = [path for path in ParcelFolder.path.iterdir() if path.stat().st_mtime < before]
    for path in old:
        path.unlink(missing_ok=True)
    return len(old)
