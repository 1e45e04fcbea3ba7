"""A table of ballots: a line of candidates, then one ballot a line with a mark per candidate."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence

from intranet.voting.files.sheet import ReadMark, Sheet, UnreadableBox, check_candidates, paper
from intranet.voting.papers import Paper

DELIMITERS = (",", ";", "\t")
NUMBER_COLUMNS = frozenset(
    {"", "#", "id", "ballot", "ballot id", "ballot_id", "bulletin", "voter", "voter id", "voter_id"}
)
"""How the first column is called when it numbers the ballots or the voters: it is left alone."""


def read_table(text: str, read_mark: ReadMark) -> Sheet:
    """The box in a table whose cells are separated by commas, semicolons or tabs.

    A line of cells without any mark is a blank ballot; a line with nothing at all is skipped.
    Raises UnreadableBox with the number of the line.
    """
    lines = text.removeprefix("\ufeff").splitlines(keepends=True)
    rows = csv.reader(lines, delimiter=_delimiter(lines), strict=True)
    try:
        head = _head(rows)
        skipped = 1 if head[0].casefold() in NUMBER_COLUMNS else 0
        candidates = tuple(head[skipped:])
        check_candidates(candidates, f"line {rows.line_num}")
        return Sheet(candidates, tuple(_papers(rows, candidates, skipped, read_mark)))
    except csv.Error as error:
        raise UnreadableBox(f"line {rows.line_num}: {error}") from error


def _delimiter(lines: Sequence[str]) -> str:
    """The one that makes the most columns of the first line, and as many of the second one."""
    first, second = ([line for line in lines if line.strip()] + ["", ""])[:2]

    def columns(delimiter: str) -> tuple[bool, int]:
        head, ballot = (
            len(next(csv.reader([one], delimiter=delimiter), [])) for one in (first, second)
        )
        return head == ballot > 1, head

    return max(DELIMITERS, key=columns)


def _head(rows: Iterator[list[str]]) -> list[str]:
    for row in rows:
        if row and any(cell.strip() for cell in row):
            return [cell.strip() for cell in row]
    raise UnreadableBox("the file is empty")


def _papers(
    rows: Iterator[list[str]], candidates: Sequence[str], skipped: int, read_mark: ReadMark
) -> Iterator[Paper]:
    for row in rows:
        if not row or row == [""]:
            continue
        place = f"line {rows.line_num}"  # type: ignore[attr-defined]
        cells, extra = row[skipped : skipped + len(candidates)], row[skipped + len(candidates) :]
        if len(cells) < len(candidates) or any(cell.strip() for cell in extra):
            found, wanted = len(row) - skipped, len(candidates)
            raise UnreadableBox(f"{place}: {found} marks for {wanted} candidates")
        marks = {}
        for candidate, cell in zip(candidates, cells, strict=True):
            try:
                mark = read_mark(cell)
            except ValueError as error:
                raise UnreadableBox(f"{place}, {candidate}: {error}") from error
            if mark is not None:
                marks[candidate] = mark
        yield paper(marks)
