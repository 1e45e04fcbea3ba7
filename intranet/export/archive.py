"""The files of an export in one ZIP file, the same bytes each time, without touching the disk."""

from __future__ import annotations

import io
from collections.abc import Iterable
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from intranet.export.folder import Folder

# Every file bears the first day that a ZIP file can tell: the day of the export is no fact.
_DAY = (1980, 1, 1, 0, 0, 0)


class Archive(Folder):
    """A ZIP file that is being filled like a folder."""

    def __init__(self) -> None:
        super().__init__(Path())
        self._bytes = io.BytesIO()
        self._zip = ZipFile(self._bytes, "w", ZIP_DEFLATED)

    def write(self, path: str, text: str) -> None:
        """A file with exactly this text, its line ends included."""
        self._zip.writestr(ZipInfo(path, _DAY), text.encode(), ZIP_DEFLATED)

    def write_lines(self, path: str, lines: Iterable[str]) -> None:
        """A file of lines."""
        self.write(path, "".join(f"{line}\n" for line in lines))

    def content(self) -> bytes:
        """The finished file; nothing can be added afterwards."""
        self._zip.close()
        return self._bytes.getvalue()
