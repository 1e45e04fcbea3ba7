"""Reading a register kept elsewhere: a CSV file, its columns, words and dates. Writes nothing."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path

from intranet.core.dates import parse_date
from intranet.core.markdown import LIMIT_CHARACTERS
from intranet.core.text import UnusableLine, clean_line
from intranet.decisions.models import DecisionResult, LinkKind
from intranet.decisions.numbers import Numbered, parsed

# The names under which each column is looked for when nobody says its name.
COLUMNS: Mapping[str, tuple[str, ...]] = {
    "number": ("number", "numero", "numéro", "id"),
    "title": ("title", "titre"),
    "status": ("status", "statut", "state", "état"),
    "date": ("date", "decided_on", "created"),
    "effective": ("effective", "effective_on"),
    "replaces": ("replaces", "supersedes", "remplace"),
    "superseded_by": ("superseded_by", "replaced_by", "remplacée_par"),
    "requires": ("requires",),
    "amends": ("amends", "modifie"),
    "repeals": ("repeals", "abroge"),
    "annuls": ("annuls", "annule"),
    "suspends": ("suspends", "suspend"),
    "implements": ("implements", "applique"),
    "tags": ("tags", "type"),
    "text": ("text", "texte"),
    "file": ("file", "fichier"),
}
NEEDED = ("number", "title", "status")

# What the words of other registers mean here. A word that is not in this table is never guessed.
RESULTS: Mapping[str, DecisionResult] = {
    **dict.fromkeys(
        ("active", "accepted", "final", "provisional", "adopted", "in force"),
        DecisionResult.ADOPTED,
    ),
    **dict.fromkeys(
        ("adoptée", "adopté", "acceptée", "accepté", "en vigueur"), DecisionResult.ADOPTED
    ),
    **dict.fromkeys(
        ("superseded", "replaced", "obsolete", "remplacée", "remplacé"), DecisionResult.ADOPTED
    ),
    **dict.fromkeys(("rejected", "rejetée", "rejeté", "refusée"), DecisionResult.REJECTED),
    **dict.fromkeys(("withdrawn", "retirée", "retiré"), DecisionResult.WITHDRAWN),
    **dict.fromkeys(("deferred", "postponed", "reportée", "reporté"), DecisionResult.DEFERRED),
    **dict.fromkeys(("draft", "proposed", "proposée", "proposé"), DecisionResult.UNDECIDED),
    **dict.fromkeys(("lapsed", "caduque"), DecisionResult.LAPSED),
}

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_NAMED_MONTH = re.compile(r"(\d{1,2})[- ]([A-Za-z]{3})[A-Za-z]*[- ](\d{4})")
_ADDRESS = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,39}")
_SEPARATORS = re.compile(r"[,;\s]+")
_LONGEST_CELL = 4 * LIMIT_CHARACTERS


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
    """A row that was understood. `links` are (from, kind, to) as this row tells them."""

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


@dataclass(frozen=True)
class LeftOut:
    """A row, or a link of it, that was not taken, and why."""

    line: int
    what: str
    why: str


def read(path: Path, plan: Plan) -> Iterator[FoundDecision | LeftOut]:
    """Every row of the file, understood or left out. Raises Unreadable for the whole file."""
    rows = _rows(path)
    names = _names(rows.fieldnames or (), plan)
    seen: set[str] = set()
    for cells in rows:
        number = (cells.get(names["number"]) or "").strip()
        try:
            found = _Row(cells, names, plan, path).decision(rows.line_num)
            if found.numbered.number in seen:
                raise Unreadable("this number stands on an earlier line")
            seen.add(found.numbered.number)
            yield found
        except Unreadable as problem:
            yield LeftOut(rows.line_num, number or "?", str(problem))


def _rows(path: Path) -> csv.DictReader[str]:
    """The rows of the file: UTF-8, else Windows; cells between commas, semicolons or tabs."""
    content = path.read_bytes()
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("cp1252", errors="replace")
    first = text.split("\n", 1)[0]
    delimiter = max(",;\t", key=first.count)
    csv.field_size_limit(_LONGEST_CELL)
    return csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter)


def _names(header: object, plan: Plan) -> dict[str, str]:
    """The column of the file for each field. Raises Unreadable for a missing one."""
    assert isinstance(header, list | tuple)  # noqa: S101
    plain = {str(name).strip().casefold(): str(name) for name in header}
    names = {}
    for name, guesses in COLUMNS.items():
        wanted = plan.columns.get(name)
        if wanted is not None and wanted.casefold() not in plain:
            raise Unreadable(f"the file has no column {wanted!r}")
        looked_for = guesses if wanted is None else (wanted.casefold(),)
        found = [plain[guess] for guess in looked_for if guess in plain]
        if found:
            names[name] = found[0]
    missing = [name for name in NEEDED if name not in names]
    if missing:
        raise Unreadable(f"no column for {', '.join(missing)}: name it with --map NAME=COLUMN")
    return names


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


@dataclass(frozen=True)
class _Row:
    """One row of the file with what is needed to understand it."""

    cells: Mapping[str, str | None]
    names: Mapping[str, str]
    plan: Plan
    path: Path

    def cell(self, name: str) -> str:
        """What a line says under a name of ours; empty when it says nothing."""
        return (self.cells.get(self.names.get(name, "")) or "").strip()

    def decision(self, line: int) -> FoundDecision:
        """The decision that a line describes. Raises Unreadable with the reason in words."""
        if None in self.cells:
            raise Unreadable("it has more cells than the first line has names")
        numbered = number_of(self.cell("number"), self.plan.prefix)
        decided_on = day_of(self.cell("date"), self.plan.date_format)
        effective_on = day_of(self.cell("effective"), self.plan.date_format)
        if decided_on and effective_on and effective_on < decided_on:
            raise Unreadable("it applies before it was decided, without a reason")
        return FoundDecision(
            line=line,
            numbered=numbered,
            title=self._title(),
            result=self._result(),
            source=self.cell("file") or f"{self.path.name}#{self.cell('number')}",
            source_status=self.cell("status"),
            decided_on=decided_on,
            effective_on=effective_on,
            text=self._text(),
            tags=tuple(tag for tag in self.cell("tags").split(",") if tag.strip()),
            links=tuple(self._links(numbered.number)),
        )

    def _title(self) -> str:
        try:
            return clean_line(self.cell("title"), 255)
        except UnusableLine as problem:
            raise Unreadable(f"its title cannot be used: {problem.reason}") from problem

    def _result(self) -> DecisionResult:
        word = self.cell("status").casefold()
        if not word:
            raise Unreadable("it has no status, and none is guessed")
        named = {said.casefold(): result for said, result in self.plan.statuses.items()}
        if word in named:
            return DecisionResult(named[word])
        if word not in RESULTS:
            raise Unreadable(
                f"the status {self.cell('status')!r} is unknown: say it with --status WORD=RESULT"
            )
        return RESULTS[word]

    def _text(self) -> str:
        text = self.cell("text") or self._file()
        if len(text) > LIMIT_CHARACTERS:
            raise Unreadable(f"its text has more than {LIMIT_CHARACTERS:,} characters")
        if "\x00" in text:
            raise Unreadable("its text holds signs that no text has")
        return text

    def _file(self) -> str:
        name = self.cell("file")
        if not name:
            return ""
        beside = (self.path.parent, self.path.parent / "files")
        for folder in (self.plan.text_folder,) if self.plan.text_folder else beside:
            path = (folder / name).resolve()
            if path.is_relative_to(folder.resolve()) and path.is_file():
                return path.read_text(encoding="utf-8-sig", errors="replace")
        raise Unreadable(f"its text {name!r} is not in the folder of texts")

    def _links(self, own: str) -> Iterator[tuple[str, LinkKind, str]]:
        acting = (
            ("replaces", LinkKind.SUPERSEDES),
            ("amends", LinkKind.AMENDS),
            ("repeals", LinkKind.REPEALS),
            ("annuls", LinkKind.ANNULS),
            ("suspends", LinkKind.SUSPENDS),
            ("implements", LinkKind.IMPLEMENTS),
            ("requires", LinkKind.REQUIRES),
        )
        for column, kind in acting:
            for other in self._numbers(column):
                yield own, kind, other
        for other in self._numbers("superseded_by"):
            yield other, LinkKind.SUPERSEDES, own

    def _numbers(self, column: str) -> Iterator[str]:
        for cell in _SEPARATORS.split(self.cell(column)):
            if not cell:
                continue
            try:
                yield number_of(cell, self.plan.prefix).number
            except Unreadable:
                raise Unreadable(f"{column} names {cell!r}, which is no number") from None
