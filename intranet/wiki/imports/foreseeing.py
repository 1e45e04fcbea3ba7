"""What an import would do, for whoever is about to confirm it. Writes nothing."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field

from intranet.core.transaction import Reader
from intranet.wiki.formats.raw import LeftOut
from intranet.wiki.import_plan import plan
from intranet.wiki.imports.files import is_known
from intranet.wiki.imports.laying import Laying, layings
from intranet.wiki.imports.report import Report
from intranet.wiki.imports.steps import count, step_for
from intranet.wiki.source_files import Found


@dataclass
class Foreseen:
    """The report, and the title and path of each page that would be new or get another text."""

    report: Report
    total: int = 0
    new: list[tuple[str, str]] = field(default_factory=list)
    updated: list[tuple[str, str]] = field(default_factory=list)


def foresee(reader: Reader, found: Found, most_bytes: int) -> Foreseen:
    """What would happen now, if this reader imported these files."""
    foreseen = Foreseen(Report(skipped=list(found.skipped)))
    planned = plan(found)
    foreseen.total = len(planned)
    for page in planned:
        step = step_for(reader, page)
        count(foreseen.report, step)
        if step.fate == "imported":
            foreseen.new.append((page.title, page.path))
        elif step.fate == "updated":
            foreseen.updated.append((page.title, page.path))
    laid, left_out = layings(found, planned)
    foreseen.report.skipped += left_out
    for laying in laid:
        _foresee_file(reader, laying, most_bytes, foreseen.report)
    return foreseen


def _foresee_file(reader: Reader, laying: Laying, most: int, report: Report) -> None:
    try:
        if laying.media.size > most:
            raise LeftOut("import.file_too_large", str(most // (1024 * 1024)))
        digest = hashlib.sha256(laying.media.read()).hexdigest()
    except (LeftOut, OSError) as problem:
        reason = (problem if isinstance(problem, LeftOut) else LeftOut("import.unreadable")).reason
        report.skipped.append((laying.media.path, reason))
        return
    report.files += not is_known(reader.session, laying, digest)
