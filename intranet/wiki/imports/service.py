"""Bringing pages into the wiki from elsewhere, again and again with the same end."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import exists, select

from intranet.core.policy import Conflict, NotFound, Refused
from intranet.core.stored_files import Stored
from intranet.core.transaction import Transaction
from intranet.wiki.attachments.service import attach_to_page
from intranet.wiki.directory import directory_of_all
from intranet.wiki.formats.raw import Reason
from intranet.wiki.import_plan import PlannedPage
from intranet.wiki.imports.files import is_known, place_of, remember
from intranet.wiki.imports.laying import Laying
from intranet.wiki.imports.models import ImportJob, JobState
from intranet.wiki.imports.policy import may_end_import, may_import
from intranet.wiki.imports.report import Report, Target
from intranet.wiki.imports.steps import Step, count, known_page, step_for
from intranet.wiki.imports.writing import create, update
from intranet.wiki.models import Page, PageLink, Rendering
from intranet.wiki.places import parent_page
from intranet.wiki.redrawing import including_pages, redraw


def bring_in(
    tx: Transaction, planned: Sequence[PlannedPage], target: Target, report: Report
) -> list[int]:
    """Write some planned pages, whose parents were written before; gives the pages to draw.

    A file that fails is reported and the others go on. Raises Refused.
    """
    tx.require(may_import, target.audience)
    changed = []
    for page in planned:
        try:
            with tx.session.begin_nested():
                step = step_for(tx, page)
                page_id = _done(tx, step, target)
        except Conflict:
            report.skipped.append((page.path, Reason("import.words_removed")))
            continue
        except Refused:
            report.skipped.append((page.path, Reason("import.not_yours")))
            continue
        except Exception as error:
            told = f"{type(error).__name__}: {error}"
            report.skipped.append((page.path, Reason("import.failed", told[:300])))
            continue
        count(report, step)
        if page_id is not None:
            changed.append(page_id)
    return changed


def _done(tx: Transaction, step: Step, target: Target) -> int | None:
    if step.fate == "imported":
        return create(tx, step, target)
    if step.fate == "updated":
        return update(tx, step)
    return None


def lay_files(
    tx: Transaction, laid: Sequence[tuple[Laying, Stored]], audience: str, report: Report
) -> list[int]:
    """Lay files that are on the disk beside their pages; gives the pages to draw. The same bytes
    under the same path change nothing, other bytes are a new version. Raises Refused."""
    tx.require(may_import, audience)
    changed = []
    for laying, stored in laid:
        page = known_page(tx.session, laying.page)
        if is_known(tx.session, laying, stored.digest):
            continue
        try:
            with tx.session.begin_nested():
                page_id, name = place_of(tx.session, laying, page.id if page else 0, stored)
                file_id = attach_to_page(tx, page_id, name, stored).file_id
                remember(tx.session, laying, file_id, stored.digest)
        except (NotFound, Refused):
            report.skipped.append((laying.media.path, Reason("import.not_beside")))
            continue
        report.files += 1
        changed.append(page_id)
    return changed


def pages_to_draw(tx: Transaction, changed: Sequence[int], audience: str) -> list[int]:
    """The pages that changed, those an interrupted import left undrawn, those whose links found
    what they were looking for, and those that include one of them."""
    tx.require(may_import, audience)
    undrawn = select(Page.id).where(
        ~exists().where(Rendering.revision_id == Page.current_revision_id)
    )
    waiting = (
        select(PageLink.page_id)
        .join(Page, Page.title_key == PageLink.target_key)
        .where(PageLink.target_page_id.is_(None))
    )
    found = set(tx.session.scalars(undrawn)) | set(tx.session.scalars(waiting))
    found |= set(changed)
    return sorted(found | including_pages(tx.session, found))


def draw_pages(tx: Transaction, page_ids: Sequence[int], audience: str) -> None:
    """Draw pages once everything they may link to is there."""
    tx.require(may_import, audience)
    redraw(tx.session, page_ids, directory_of_all(tx.session))


@dataclass(frozen=True)
class Sent:
    """An archive that somebody sent: its name, where it waits, what wrote it."""

    name: str
    parcel: str
    form: str


def note_import(tx: Transaction, sent: Sent, target: Target, foreseen: str, total: int) -> int:
    """Keep what an import would do, for its person to read and confirm; gives its number.

    Raises Refused, and Invalid for a page that is not there to stand under.
    """
    tx.require(may_import, target.audience)
    parent_page(tx, target.parent_id)
    job = ImportJob(
        person_id=tx.actor.person_id,
        name=sent.name[:200],
        parcel=sent.parcel,
        form=sent.form,
        audience=target.audience,
        parent_id=target.parent_id,
        state=JobState.LOOKED_AT,
        total=total,
        report=foreseen,
        created_at=tx.now,
    )
    tx.session.add(job)
    tx.session.flush()
    return job.id


def confirm_import(tx: Transaction, job_id: int) -> None:
    """Let the worker carry an import out. Twice changes nothing. Raises NotFound, Refused, and
    Conflict for one that is over."""
    job = _own_job(tx, job_id)
    tx.require(may_import, job.audience)
    if job.state == JobState.CONFIRMED:
        return
    if job.state != JobState.LOOKED_AT:
        raise Conflict("import.is_over")
    job.state = JobState.CONFIRMED


def give_import_up(tx: Transaction, job_id: int) -> None:
    """Forget an import that was only looked at. Raises NotFound, Refused, Conflict."""
    job = _own_job(tx, job_id)
    tx.require(may_import, job.audience)
    if job.state != JobState.LOOKED_AT:
        raise Conflict("import.is_over")
    job.state, job.finished_at = JobState.GIVEN_UP, tx.now


def tell_progress(tx: Transaction, job_id: int, worked: int) -> None:
    """Note how many pages of an import are written."""
    job = _own_job(tx, job_id)
    tx.require(may_import, job.audience)
    job.worked = worked


def end_import(tx: Transaction, job_id: int, report: str, *, done: bool) -> None:
    """Note that an import is over, with what it did or why it stopped."""
    job = tx.session.get(ImportJob, job_id, with_for_update=True)
    tx.require(may_end_import)
    if job is not None:
        job.state = JobState.DONE if done else JobState.FAILED
        job.report, job.finished_at = report, tx.now


def _own_job(tx: Transaction, job_id: int) -> ImportJob:
    job = tx.session.get(ImportJob, job_id, with_for_update=True)
    if job is None or job.person_id != tx.actor.person_id:
        raise NotFound
    return job
