"""Tables as CSV that a spreadsheet opens without running anything. Pure."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

# OWASP ASVS 1.2.10: a cell that begins with one of these may be run as a formula.
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\x00")
BYTE_ORDER_MARK = "\ufeff"


def cell(value: object) -> str:
    """The text of a cell; numbers stay numbers, and what looks like a formula is quoted."""
    if value is None:
        return ""
    text = str(value)
    if isinstance(value, int | float):
        return text
    is_formula = text.startswith(FORMULA) or text.strip().startswith(FORMULA)
    return f"'{text}" if is_formula else text


def table(header: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """A CSV text with the mark by which spreadsheets know that it is in UTF-8."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow([cell(value) for value in header])
    writer.writerows([cell(value) for value in row] for row in rows)
    return BYTE_ORDER_MARK + out.getvalue()
