"""Reading a register kept elsewhere: a CSV file, its columns, words and dates. Writes nothing."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from intranet.core.markdown import LIMIT_CHARACTERS
from intranet.core.text import UnusableLine, clean_line
from intranet.decisions.found import (
    FoundDecision,
    LeftOut,
    Plan,
    Unreadable,
    day_of,
    number_of,
)
from intranet.decisions.models import DecisionResult, LinkKind

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

_SEPARATORS = re.compile(r"[,;\s]+")
_LONGEST_CELL = 4 * LIMIT_CHARACTERS


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
