"""The files of an export: the same database gives the same bytes, and every name is a safe one."""

from __future__ import annotations

import hashlib
import json
import re
import shutil
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime
from pathlib import Path

import yaml

from intranet.core.csv_cells import table

LIST = "SHA256SUMS"
_UNSAFE = re.compile(r"[^\w.-]+", re.ASCII)


def file_name(wanted: str) -> str:
    """A name that no file system takes for anything else: letters, digits, dots and hyphens."""
    return _UNSAFE.sub("-", wanted).lstrip(".-")[:120] or "unnamed"


def plain(value: object) -> object:
    """A value as front matter and JSON write it: dates as text, empty ones left empty."""
    return value.isoformat() if isinstance(value, date | datetime) else value


class Folder:
    """A new folder that is being filled. `wrote` is called after each file with its path."""

    def __init__(self, path: Path, wrote: Callable[[str], None] = lambda _path: None) -> None:
        self.path = path
        self._wrote = wrote
        self._taken: set[str] = set()

    def free_path(self, wanted: str, otherwise: str) -> str:
        """The path, or the other one when a path that differs only by case is taken."""
        path = otherwise if wanted.casefold() in self._taken else wanted
        self._taken.add(path.casefold())
        return path

    def write(self, path: str, text: str) -> None:
        """A file with exactly this text, its line ends included."""
        target = self.path / path
        target.parent.mkdir(parents=True, exist_ok=True)
        with target.open("w", encoding="utf-8", newline="") as file:
            file.write(text)
        self._wrote(path)

    def copy(self, path: str, source: Path) -> None:
        """A file with the bytes of another one."""
        target = self.path / path
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source, target)
        self._wrote(path)

    def write_lines(self, path: str, lines: Iterable[str]) -> None:
        """A file of lines, written as they come."""
        with (self.path / path).open("w", encoding="utf-8", newline="") as file:
            file.writelines(f"{line}\n" for line in lines)
        self._wrote(path)

    def write_table(
        self, path: str, header: Sequence[str], rows: Iterable[Sequence[object]]
    ) -> None:
        """A table in which no cell is run as a formula."""
        self.write(path, table(header, ([plain(value) for value in row] for row in rows)))

    def write_json(self, path: str, value: object) -> None:
        """A value in JSON, readable by people too."""
        self.write(path, json.dumps(value, ensure_ascii=False, indent=2) + "\n")

    def write_markdown(self, path: str, facts: Mapping[str, object], body: str) -> None:
        """A text below a header of its facts; facts without a value are left out."""
        told = {
            name: plain(value)
            for name, value in facts.items()
            if value is not None and value != "" and value != []
        }
        header = yaml.safe_dump(told, allow_unicode=True, sort_keys=False, width=1000)
        self.write(path, f"---\n{header}---\n\n{body}")

    def seal(self) -> None:
        """SHA256SUMS: the digest of every file, as `sha256sum --check` reads it."""
        files = [path for path in self.path.rglob("*") if path.is_file()]
        named = sorted((path.relative_to(self.path).as_posix(), path) for path in files)
        self.write_lines(LIST, [f"{_digest(file)}  {name}" for name, file in named])


def _digest(file: Path) -> str:
    with file.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()
