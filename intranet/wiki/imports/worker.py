"""Carrying an import out, some pages at a time, so that people can save in between."""

from __future__ import annotations

import io
import logging
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from sqlalchemy import text

from intranet.core import stored_files
from intranet.core.actor import SYSTEM
from intranet.core.stored_files import Stored, TooLarge
from intranet.core.transaction import reader, transaction
from intranet.wiki.formats.raw import LeftOut
from intranet.wiki.import_plan import plan
from intranet.wiki.imports import jobs, parcels, queries, service
from intranet.wiki.imports.laying import Laying, layings
from intranet.wiki.imports.reading import Form, found_in, opened
from intranet.wiki.imports.report import Report, Target
from intranet.wiki.source_files import Found

log = logging.getLogger("intranet.imports")

BATCH = 50
FILES_AT_ONCE = 20


@dataclass(frozen=True)
class Load:
    """What is to be brought in, by whom (None for the system), and the largest file in bytes."""

    found: Found
    target: Target
    actor_id: int | None
    most_bytes: int


def carry_out(load: Load, tell: Callable[[str, int, int], None]) -> Report:
    """Bring everything in. `tell` is called with what is being done, how many and of how many.

    Stopped half-way, the next run goes on where this one ended. Raises Refused.
    """
    report = Report(skipped=list(load.found.skipped))
    planned = plan(load.found)
    changed: list[int] = []
    for start in range(0, len(planned), BATCH):
        with transaction(load.actor_id) as tx:
            batch = planned[start : start + BATCH]
            changed += service.bring_in(tx, batch, load.target, report)
        tell("read", min(start + BATCH, len(planned)), len(planned))
    laid, left_out = layings(load.found, planned)
    report.skipped += left_out
    changed += _lay(load, laid, report, tell)
    _draw(load, changed, tell)
    return report


def _lay(
    load: Load,
    laid: Sequence[Laying],
    report: Report,
    tell: Callable[[str, int, int], None],
) -> list[int]:
    changed: list[int] = []
    for start in range(0, len(laid), FILES_AT_ONCE):
        # On the disk before the write lock is taken: no row names a file that is not there.
        kept = [_kept(one, load.most_bytes, report) for one in laid[start : start + FILES_AT_ONCE]]
        batch = [one for one in kept if one is not None]
        with transaction(load.actor_id) as tx:
            changed += service.lay_files(tx, batch, load.target.audience, report)
        tell("laid", min(start + FILES_AT_ONCE, len(laid)), len(laid))
    return changed


def _kept(laying: Laying, most: int, report: Report) -> tuple[Laying, Stored] | None:
    try:
        return laying, kept_file(laying, most)
    except LeftOut as problem:
        report.skipped.append((laying.media.path, problem.reason))
        return None


def kept_file(laying: Laying, most: int) -> Stored:
    """The file on the disk. Raises LeftOut when it is too large or cannot be read."""
    if laying.media.size > most:
        raise LeftOut("import.file_too_large", str(most // (1024 * 1024)))
    try:
        return stored_files.keep(io.BytesIO(laying.media.read()), most)
    except (OSError, TooLarge) as problem:
        raise LeftOut("import.unreadable") from problem


def _draw(load: Load, changed: list[int], tell: Callable[[str, int, int], None]) -> None:
    audience = load.target.audience
    with transaction(load.actor_id) as tx:
        waiting = service.pages_to_draw(tx, changed, audience)
    for start in range(0, len(waiting), BATCH):
        with transaction(load.actor_id) as tx:
            service.draw_pages(tx, waiting[start : start + BATCH], audience)
        tell("drawn", min(start + BATCH, len(waiting)), len(waiting))
    if changed:
        # Without it the database plans its queries for the tables as they were before.
        with transaction(None) as tx:
            tx.session.execute(text("ANALYZE"))


AGAIN_AFTER = 3600.0
_next_look = {"at": 0.0}


def import_confirmed() -> int:
    """Carry out the imports that somebody confirmed; gives how many."""
    look = reader(SYSTEM)
    waiting = queries.confirmed(look)
    look.session.rollback()
    for job_id, person_id in waiting:
        _import(job_id, person_id)
    if time.monotonic() >= _next_look["at"]:
        _next_look["at"] = time.monotonic() + AGAIN_AFTER
        parcels.throw_old_away()
    return len(waiting)


def _import(job_id: int, person_id: int) -> None:
    """One import, as the person who confirmed it. Whatever goes wrong ends it with a report."""

    def tell(word: str, done: int, _total: int) -> None:
        if word == "read":
            with transaction(person_id) as tx:
                service.tell_progress(tx, job_id, done)

    job = _job(job_id)
    try:
        with opened(parcels.path_of(job.parcel), job.name) as gathered:
            found = found_in(gathered, Form(job.form))
            report = carry_out(Load(found, job.target, person_id, parcels.most_bytes()), tell)
        _end(job_id, jobs.stored(report), done=True)
    except Exception as problem:
        log.exception("the import %s stopped", job_id)
        _end(job_id, jobs.failed(f"{type(problem).__name__}: {problem}"), done=False)
    parcels.throw_away(job.parcel)


def _job(job_id: int) -> queries.JobCard:
    look = reader(SYSTEM)
    card = queries.job(look, job_id)
    look.session.rollback()
    return card


def _end(job_id: int, report: str, *, done: bool) -> None:
    with transaction(None) as tx:
        service.end_import(tx, job_id, report, done=done)
