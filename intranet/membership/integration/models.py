"""Dossiers of people who come to the cooperative, and the steps of their way in."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from intranet.core.db import Base, Identified


class Dossier(Identified):
    """One request of one person for a place here; refused, it stays and another may follow.

    `wish` is the status hoped for, `works_since` the first day of the work contract. `outcome` is
    empty while it is open, else accepted, refused or withdrawn, with its day and words.
    """

    __tablename__ = "dossier"
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    wish: Mapped[str]
    words: Mapped[str] = mapped_column(Text, default="")
    sponsor_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    works_since: Mapped[date | None]
    opened_at: Mapped[datetime]
    opened_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    outcome: Mapped[str] = mapped_column(default="")
    outcome_on: Mapped[date | None]
    outcome_words: Mapped[str] = mapped_column(Text, default="")
    decision_number: Mapped[str | None]
    year_told_at: Mapped[datetime | None]
    __table_args__ = (
        CheckConstraint(
            "outcome IN ('', 'accepted', 'refused', 'withdrawn')", name="known_outcome"
        ),
        CheckConstraint("(outcome = '') = (outcome_on IS NULL)", name="outcome_has_its_day"),
        Index(
            "uq_dossier_open",
            "person_id",
            unique=True,
            sqlite_where=text("outcome = ''"),
            postgresql_where=text("outcome = ''"),
        ),
    )


class DossierStep(Identified):
    """One step of one person's way in, with the day it is planned for and the day it was made."""

    __tablename__ = "dossier_step"
    dossier_id: Mapped[int] = mapped_column(ForeignKey("dossier.id"))
    what: Mapped[str]
    due_on: Mapped[date | None]
    done_on: Mapped[date | None]
    __table_args__ = (Index("ix_dossier_step_dossier", "dossier_id"),)


class StepTemplate(Base):
    """The steps with which a new dossier begins, one a line, as the members wrote them."""

    __tablename__ = "step_template"
    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    steps: Mapped[str] = mapped_column(Text)
    __table_args__ = (CheckConstraint("id = 1", name="one_row"),)
