"""Tables to take away from a page."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from flask import Response

from intranet.core.csv_cells import table


def download(name: str, header: Sequence[str], rows: Iterable[Sequence[object]]) -> Response:
    """A CSV file to keep: UTF-8 with the mark that spreadsheets look for."""
    response = Response(table(header, rows), mimetype="text/csv")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
