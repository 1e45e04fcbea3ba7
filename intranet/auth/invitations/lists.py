"""A list of people to invite: pasted text or CSV, read into rows (pure)."""

from __future__ import annotations

import csv
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

MOST_LINES = 500
BOUNDS = re.compile(r"[\s<>;,]")
COLUMNS = {
    "name": ("name", "nom", "nom complet", "prenom et nom", "personne", "full name"),
    "email": ("email", "e-mail", "mail", "courriel", "adresse", "adresse e-mail", "address"),
    "status": ("status", "statut"),
    "body": ("body", "instance", "groupe", "cercle"),
}
"""The names that the columns of a table may have, folded."""
FEMININE = "e·.•-"
"""What a word may end with in one gender and not in another."""


@dataclass(frozen=True)
class Row:
    """One line as it was typed; `line` counts from 1 as an editor does."""

    line: int
    name: str
    email: str
    status: str
    body: str


def folded(word: str) -> str:
    """A word without case, accents or outer space, to compare what people type."""
    plain = unicodedata.normalize("NFD", word.strip().casefold())
    return "".join(sign for sign in plain if not unicodedata.combining(sign))


def known_status(word: str, words: Mapping[str, str]) -> str:
    """The code of a status from any way to write its word, else the word itself."""
    meant = {folded(said).rstrip(FEMININE): code for said, code in words.items()}
    return meant.get(folded(word).rstrip(FEMININE), word.strip())


def rows(text: str, status: str = "", words: Mapping[str, str] | None = None) -> list[Row]:
    """The people of a text: lines such as `Noé Vial <noe@example.org>`, or a table with a head.

    A table has one of `;`, `,` or a tab between its cells, and may lack its head: the order is
    then name, address, status, body. `status` is that of lines that name none, `words` gives the
    code of each way to write a status. Empty lines and those that begin with # are left out.
    """
    lines = [
        (number, line)
        for number, line in enumerate(text.lstrip("\ufeff").splitlines(), 1)
        if line.strip(" ;,\t") and not line.lstrip().startswith("#")
    ]
    mark = _mark([line for _number, line in lines])
    order: tuple[str, ...] = ("name", "email", "status", "body")
    found: list[Row] = []
    for number, line in lines:
        cells = _cells(line, mark)
        head = _head(cells) if not found else ()
        if head:
            order = head
            continue
        found.append(_row(number, line, cells, order, status, words or {}))
    return found


def _mark(lines: list[str]) -> str:
    return next((mark for mark in ";\t," if any(mark in line for line in lines)), "")


def _cells(line: str, mark: str) -> list[str]:
    try:
        return [cell.strip() for cell in next(csv.reader([line], delimiter=mark or "\t"))]
    except csv.Error:
        # A cell of more than 131,072 signs, which no address needs.
        return [line]


def _head(cells: list[str]) -> tuple[str, ...]:
    """The meaning of each column when this line is the head of a table, else nothing."""
    if any("@" in cell for cell in cells):
        return ()
    named = [
        next((name for name, ways in COLUMNS.items() if folded(cell) in ways), "") for cell in cells
    ]
    return tuple(named) if "email" in named else ()


def _named_address(line: str) -> tuple[str, str] | None:
    """The name and the address of a line such as `Noé Vial <noe@example.org>`, or None.

    It is read from its end, once: an expression that tries every way to cut the line takes
    minutes for a page of spaces.
    """
    bare = line.strip().removesuffix(">")
    email = BOUNDS.split(bare)[-1]
    name = " ".join(bare[: len(bare) - len(email)].removesuffix("<").split()).rstrip(" ,;")
    if "@" not in email[1:-1] or "<" in name or ">" in name:
        return None
    return name.strip(' "'), email


def _row(
    number: int,
    line: str,
    cells: list[str],
    order: tuple[str, ...],
    status: str,
    words: Mapping[str, str],
) -> Row:
    plain = _named_address(line) if len(cells) == 1 or "<" in line else None
    if plain:
        return Row(number, *plain, status, "")
    said = dict(zip(order, cells, strict=False))
    word = said.get("status", "")
    return Row(
        number,
        " ".join(said.get("name", "").split()),
        said.get("email", ""),
        known_status(word, words) if word else status,
        said.get("body", ""),
    )
