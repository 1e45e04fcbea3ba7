"""Files as they came, before anybody knows what they are, and the reasons for leaving one out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace


@dataclass(frozen=True)
class Reason:
    """Why something is left out: a code, put into words by web/words/imports.py, and the one
    detail that its sentence needs."""

    code: str
    detail: str = ""


class LeftOut(Exception):
    """This file cannot come in; the others can."""

    def __init__(self, code: str, detail: str = "") -> None:
        super().__init__(code)
        self.reason = Reason(code, detail)


class Unusable(Exception):
    """Nothing of this can come in."""

    def __init__(self, code: str, detail: str = "") -> None:
        super().__init__(code)
        self.reason = Reason(code, detail)


@dataclass(frozen=True)
class RawFile:
    """A file: its plain path below the top, its size in bytes, and how to get at its bytes."""

    path: str
    size: int
    read: Callable[[], bytes]

    def at(self, path: str) -> RawFile:
        """The same file under another path."""
        return replace(self, path=path)


@dataclass
class Gathered:
    """The files of a folder or an archive. `hidden` holds the names of the hidden folders at the
    top, which are not read; they tell which program wrote the rest."""

    name: str
    files: list[RawFile] = field(default_factory=list)
    skipped: list[tuple[str, Reason]] = field(default_factory=list)
    hidden: set[str] = field(default_factory=set)

    def paths(self) -> set[str]:
        """The paths of all files."""
        return {file.path for file in self.files}
