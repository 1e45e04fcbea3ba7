"""Where files of imports came from, and the imports that somebody asks for on a page."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text
from sqlalchemy.orm import Mapped, mapped_column

from intranet.core.db import Base, Identified
from intranet.wiki.models import one_of


class FileSource(Base):
    """Under which path texts of an import name a file that lies beside a page now, and the digest
    of the bytes that the path had at the last import."""

    __tablename__ = "file_source"
    path: Mapped[str] = mapped_column(primary_key=True)
    file_id: Mapped[int] = mapped_column(ForeignKey("page_file.id"))
    digest: Mapped[str]
    __table_args__ = (Index("ix_file_source_file", "file_id"),)


class JobState(StrEnum):
    """How far an import is: looked at, confirmed and waiting for the worker, over."""

    LOOKED_AT = "looked_at"
    CONFIRMED = "confirmed"
    DONE = "done"
    FAILED = "failed"
    GIVEN_UP = "given_up"


class ImportJob(Identified):
    """An archive that somebody sent to be imported. `parcel` names the file that waits for it,
    `report` is what was foreseen or done, in JSON; `worked` of `total` pages are written."""

    __tablename__ = "import_job"
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    name: Mapped[str]
    parcel: Mapped[str]
    form: Mapped[str]
    audience: Mapped[str]
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("page.id"))
    state: Mapped[str]
    worked: Mapped[int] = mapped_column(default=0)
    total: Mapped[int] = mapped_column(default=0)
    report: Mapped[str] = mapped_column(Text, default="")
    created_at: Mapped[datetime]
    finished_at: Mapped[datetime | None]
    __table_args__ = (
        CheckConstraint(one_of("state", JobState), name="known_state"),
        Index("ix_import_job_person", "person_id", "id"),
    )
