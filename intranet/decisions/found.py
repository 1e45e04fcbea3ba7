"""A decision as it was read in a register kept elsewhere, and how its numbers and days are read."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path

from intranet.core.dates import parse_date
from intranet.core.markdown import LIMIT_CHARACTERS
from intranet.decisions.models import DecisionResult, LinkKind
from intranet.decisions.numbers import Numbered, parsed

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_NAMED_MONTH = re.compile(r"(\d{1,2})[- ]([A-Za-z]{3})[A-Za-z]*[- ](\d{4})")
_ADDRESS = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,39}")


class Unreadable(ValueError):
    """Why a file cannot be read at all, or why a row is left out, in a sentence."""


@dataclass(frozen=True)
class Plan:
    """How to read a file: names of columns, and what its numbers, words and dates mean."""

    prefix: str = "IMPORT"
    columns: Mapping[str, str] = field(default_factory=dict)
    statuses: Mapping[str, str] = field(default_factory=dict)
    date_format: str = ""
    text_folder: Path | None = None


@dataclass(frozen=True)
class FoundDecision:
    """A row that was understood. `links` are (from, kind, to) as this row tells them.

    `line` is where it stood, or its place among the files when each one is a `file` of its own.
    """

    line: int
    numbered: Numbered
    title: str
    result: DecisionResult
    source: str
    source_status: str
    decided_on: date | None
    effective_on: date | None
    text: str
    tags: tuple[str, ...]
    links: tuple[tuple[str, LinkKind, str], ...]
    file: str = ""

    @property
    def where(self) -> str:
        """Where it was read: a line of the file, or a file of the folder."""
        return self.file or f"line {self.line}"


@dataclass(frozen=True)
class LeftOut:
    """A row, or a link of it, that was not taken, and why."""

    line: int
    what: str
    why: str
    file: str = ""

    @property
    def where(self) -> str:
        """Where it was read: a line of the file, or a file of the folder."""
        return self.file or f"line {self.line}"


def number_of(cell: str, prefix: str) -> Numbered:
    """The number in our register of a number elsewhere: 241 is PEP-0241 under the prefix PEP.

    The year is 0: such a series runs through all years. A number of our own kind, AG-2019-004,
    stays what it is. Raises Unreadable for one that could not be an address.
    """
    own = parsed(cell, cell.split("-")[0].upper())
    if own is not None:
        return own
    if cell.isascii() and cell.isdigit() and len(cell) <= 9:
        return Numbered(f"{prefix}-{int(cell):04d}", 0, int(cell))
    if not _ADDRESS.fullmatch(cell):
        raise Unreadable("its number is missing or holds signs that a number cannot have")
    return Numbered(f"{prefix}-{cell}", 0, 0)


def day_of(typed: str, date_format: str = "") -> date | None:
    """The day that was typed, None when nothing was. Raises Unreadable: a day is never guessed.

    Understood are 2001-07-07, 07/07/2001 (day first), 07-Jul-2001, or the format given.
    """
    typed = typed.strip()
    if not typed:
        return None
    if date_format:
        try:
            return datetime.strptime(typed, date_format).date()  # noqa: DTZ007
        except ValueError:
            raise Unreadable(f"the date {typed!r} does not have the format given") from None
    found = parse_date(typed) or _named_month(typed)
    if found is None:
        raise Unreadable(f"the date {typed!r} is not understood")
    return found


def _named_month(typed: str) -> date | None:
    match = _NAMED_MONTH.fullmatch(typed)
    if match is None or match[2].lower() not in _MONTHS:
        return None
    try:
        return date(int(match[3]), _MONTHS.index(match[2].lower()) + 1, int(match[1]))
    except ValueError:
        return None


def text_of_file(path: Path) -> str:
    """The text of a file: UTF-8, else Windows. Raises Unreadable for one that cannot be kept."""
    content = path.read_bytes()
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("cp1252", errors="replace")
    if len(text) > LIMIT_CHARACTERS:
        raise Unreadable(f"its text has more than {LIMIT_CHARACTERS:,} characters")
    if "\x00" in text:
        raise Unreadable("its text holds signs that no text has")
    return text
