"""The files of an export in one ZIP file, the same bytes each time; a long one waits on the disk,
in a file without a name."""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from pathlib import Path
from tempfile import SpooledTemporaryFile
from typing import IO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from intranet.export.folder import Folder

# Every file bears the first day that a ZIP file can tell: the day of the export is no fact.
_DAY = (1980, 1, 1, 0, 0, 0)
IN_MEMORY = 8 * 1024 * 1024


class Archive(Folder):
    """A ZIP file that is being filled like a folder."""

    def __init__(self) -> None:
        super().__init__(Path())
        self._bytes = SpooledTemporaryFile(IN_MEMORY)  # noqa: SIM115 - handed out and closed there
        self._zip = ZipFile(self._bytes, "w", ZIP_DEFLATED)

    def write(self, path: str, text: str) -> None:
        """A file with exactly this text, its line ends included."""
        self.write_bytes(path, text.encode())

    def write_bytes(self, path: str, content: bytes) -> None:
        """A file with exactly these bytes."""
        self._zip.writestr(ZipInfo(path, _DAY), content, ZIP_DEFLATED)

    def write_lines(self, path: str, lines: Iterable[str]) -> None:
        """A file of lines."""
        self.write(path, "".join(f"{line}\n" for line in lines))

    def copy(self, path: str, source: Path) -> None:
        """A file with the bytes of another one."""
        info = ZipInfo(path, _DAY)
        info.compress_type = ZIP_DEFLATED
        with source.open("rb") as read, self._zip.open(info, "w", force_zip64=True) as target:
            shutil.copyfileobj(read, target)

    def finished(self) -> IO[bytes]:
        """The finished file, at its beginning; nothing can be added afterwards."""
        self._zip.close()
        self._bytes.seek(0)
        return self._bytes

    def content(self) -> bytes:
        """The bytes of the finished file; nothing can be added afterwards."""
        with self.finished() as file:
            return file.read()
