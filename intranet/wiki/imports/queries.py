"""The imports that somebody asked for on a page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from intranet.core.policy import NotFound
from intranet.core.transaction import Reader
from intranet.wiki.imports.jobs import StoredReport, read_report
from intranet.wiki.imports.models import ImportJob, JobState
from intranet.wiki.imports.report import Target

MOST_SHOWN = 20


@dataclass(frozen=True)
class JobCard:
    """An import as its page shows it."""

    id: int
    name: str
    parcel: str
    form: str
    target: Target
    state: str
    worked: int
    total: int
    created_at: datetime
    report: StoredReport

    @property
    def is_waiting(self) -> bool:
        """Whether it can still be confirmed or given up."""
        return self.state == JobState.LOOKED_AT

    @property
    def is_under_way(self) -> bool:
        """Whether the worker has it."""
        return self.state == JobState.CONFIRMED

    @property
    def does_anything(self) -> bool:
        """Whether there is anything to write."""
        report = self.report
        return bool(report.imported or report.updated or report.files)


def jobs_of(reader: Reader) -> list[JobCard]:
    """The last imports of the reader, the newest first."""
    query = (
        select(ImportJob)
        .where(ImportJob.person_id == reader.actor.person_id)
        .order_by(ImportJob.id.desc())
        .limit(MOST_SHOWN)
    )
    return [_card(job) for job in reader.session.scalars(query)]


def job_of(reader: Reader, job_id: int) -> JobCard:
    """An import of the reader's own. Raises NotFound."""
    job = reader.session.get(ImportJob, job_id)
    if job is None or job.person_id != reader.actor.person_id:
        raise NotFound
    return _card(job)


def job(reader: Reader, job_id: int) -> JobCard:
    """An import, for the worker. Raises NotFound."""
    found = reader.session.get(ImportJob, job_id)
    if found is None or not reader.actor.is_system:
        raise NotFound
    return _card(found)


def confirmed(reader: Reader) -> list[tuple[int, int]]:
    """The imports that wait for the worker: number and person."""
    query = select(ImportJob.id, ImportJob.person_id).where(ImportJob.state == JobState.CONFIRMED)
    return [(row.id, row.person_id) for row in reader.session.execute(query.order_by(ImportJob.id))]


def _card(job: ImportJob) -> JobCard:
    return JobCard(
        id=job.id,
        name=job.name,
        parcel=job.parcel,
        form=job.form,
        target=Target(job.audience, job.parent_id),
        state=job.state,
        worked=job.worked,
        total=job.total,
        created_at=job.created_at,
        report=read_report(job.report),
    )
