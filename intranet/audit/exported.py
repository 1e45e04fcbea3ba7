"""An export as it lies on a disk: a folder or a ZIP file of one, read without a database."""

from __future__ import annotations

import csv
import hashlib
import io
import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any
from zipfile import BadZipFile, ZipFile

LIST = "SHA256SUMS"


class NoExport(ValueError):
    """Why this cannot be an export, in words."""


@dataclass(frozen=True)
class Line:
    """A line of the journal as it was exported, and what its payload says."""

    number: int
    covered: tuple[object, ...]
    digest: str
    name: str
    said: dict[str, Any]


class Exported:
    """The files of an export by name. Raises NoExport for what is none."""

    def __init__(self, path: Path) -> None:
        self._root = path
        self._zip: ZipFile | None = None
        if path.is_dir():
            found = {one.relative_to(path).as_posix() for one in path.rglob("*") if one.is_file()}
        else:
            try:
                self._zip = ZipFile(path)
            except (BadZipFile, OSError) as error:
                raise NoExport(f"{path.name} is neither a folder nor a ZIP file") from error
            found = {one for one in self._zip.namelist() if not one.endswith("/")}
            top = {one.partition("/")[0] for one in found}
            self._top = f"{top.pop()}/" if LIST not in found and len(top) == 1 else ""
            found = {one.removeprefix(self._top) for one in found}
        self.names = frozenset(found)
        if LIST not in found:
            raise NoExport(f"{path.name} holds no list of its files ({LIST})")

    def read(self, name: str) -> bytes:
        """The bytes of a file. Raises KeyError for a name that is not in this export."""
        if name not in self.names:
            raise KeyError(name)
        if self._zip:
            return self._zip.read(f"{self._top}{name}")
        return (self._root / name).read_bytes()

    def text(self, name: str) -> str:
        """A text, without the mark at its beginning. Raises KeyError."""
        return self.read(name).decode("utf-8-sig", errors="replace")

    def json(self, name: str) -> Any:
        """What a JSON file says. Raises KeyError, ValueError."""
        return json.loads(self.text(name))

    def table(self, name: str) -> list[dict[str, str]]:
        """The lines of a table; none when this export has no such table."""
        if name not in self.names:
            return []
        return list(csv.DictReader(io.StringIO(self.text(name), newline="")))

    def digest(self, name: str) -> str:
        """SHA-256 of the bytes of a file. Raises KeyError."""
        return hashlib.sha256(self.read(name)).hexdigest()

    @property
    def is_whole(self) -> bool:
        """Whether it is an export for those who see everything, with the journal."""
        return "events.jsonl" in self.names

    @cached_property
    def lines(self) -> tuple[Line, ...]:
        """The journal. Raises ValueError, KeyError or TypeError for one that cannot be read."""
        if not self.is_whole:
            return ()
        return tuple(_line(json.loads(one)) for one in self.text("events.jsonl").splitlines())

    def said(self, name: str) -> Iterator[dict[str, Any]]:
        """What the events of one name say, in their order."""
        return (line.said for line in self.lines if line.name == name)


def _line(row: dict[str, Any]) -> Line:
    names = ("id", "name", "version", "actor_id", "at", "payload")
    covered = tuple(row[name] for name in names)
    return Line(row["id"], covered, row["digest"], row["name"], json.loads(row["payload"]))
