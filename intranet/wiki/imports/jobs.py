"""Reports of imports as they are stored with the job and shown to whoever asked for it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from intranet.wiki.formats.raw import Reason
from intranet.wiki.imports.report import Report

Named = Sequence[tuple[str, str]]
MOST_LINES = 500
"""How many pages or files of one fate a stored report names; their numbers are always whole."""


@dataclass(frozen=True)
class StoredReport:
    """What was foreseen or done; the lists name at most the first 500 of each."""

    imported: int = 0
    updated: int = 0
    unchanged: int = 0
    files: int = 0
    left_out: int = 0
    new: tuple[tuple[str, str], ...] = ()
    changed: tuple[tuple[str, str], ...] = ()
    skipped: tuple[tuple[str, Reason], ...] = ()
    problem: str = ""


def stored(report: Report, new: Named = (), changed: Named = ()) -> str:
    """A report as the text that is kept."""
    skipped = [(path, reason.code, reason.detail) for path, reason in report.skipped]
    return json.dumps(
        {
            "imported": report.imported,
            "updated": report.updated,
            "unchanged": report.unchanged,
            "files": report.files,
            "left_out": len(skipped),
            "new": list(new)[:MOST_LINES],
            "changed": list(changed)[:MOST_LINES],
            "skipped": skipped[:MOST_LINES],
        },
        ensure_ascii=False,
    )


def failed(problem: str) -> str:
    """The report of an import that stopped."""
    return json.dumps(asdict(StoredReport(problem=problem[:300])), ensure_ascii=False)


def read_report(text: str) -> StoredReport:
    """A report out of the text that is kept."""
    told: dict[str, Any] = json.loads(text) if text else {}
    for name in ("new", "changed"):
        told[name] = tuple((str(title), str(path)) for title, path in told.get(name, ()))
    skipped = told.get("skipped", ())
    told["skipped"] = tuple((path, Reason(code, detail)) for path, code, detail in skipped)
    return StoredReport(**told)
