"""Tables to take away: CSV that a spreadsheet opens without running anything."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

from flask import Response

# OWASP ASVS 1.2.10: a cell that begins with one of these may be run as a formula.
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\x00")


def cell(value: object) -> str:
    """The text of a cell; numbers stay numbers, and what looks like a formula is quoted."""
    if value is None:
        return ""
    text = str(value)
    if isinstance(value, int | float):
        return text
    is_formula = text.startswith(FORMULA) or text.strip().startswith(FORMULA)
    return f"'{text}" if is_formula else text


def download(name: str, header: Sequence[str], rows: Iterable[Sequence[object]]) -> Response:
    """A CSV file to keep: UTF-8 with the mark that spreadsheets look for."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow([cell(value) for value in header])
    writer.writerows([cell(value) for value in row] for row in rows)
    response = Response("\ufeff" + out.getvalue(), mimetype="text/csv")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
