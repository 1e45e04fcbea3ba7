"""Dossiers as their pages show them. What the person may not read is not loaded for them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import select

from intranet.core.policy import NotFound, Refused, Verdict
from intranet.core.transaction import Reader
from intranet.discussions import queries as discussions
from intranet.discussions.queries import CommentCard
from intranet.members import queries as members
from intranet.members.models import Person
from intranet.members.rights_queries import has_right
from intranet.members.status_queries import people_here
from intranet.members.statuses import Right, Status
from intranet.membership.integration import policy
from intranet.membership.integration.models import Dossier, DossierStep, StepTemplate

SOON = timedelta(days=30)


@dataclass(frozen=True)
class DossierLine:
    """A dossier in a list; `year_on` is the day of the first year of work."""

    id: int
    person_id: int
    person: str
    wish: str
    sponsor: str | None
    opened_on: date
    outcome: str
    outcome_on: date | None
    year_on: date | None
    steps_made: int
    steps: int


@dataclass(frozen=True)
class StepLine:
    """One step of somebody's way."""

    id: int
    what: str
    due_on: date | None
    done_on: date | None


@dataclass(frozen=True)
class DossierPage:
    """A dossier with what its reader may do; `talk` is None for the person it is about."""

    line: DossierLine
    words: str
    works_since: date | None
    sponsor_id: int | None
    outcome_words: str
    decision_number: str | None
    steps: tuple[StepLine, ...]
    talk: tuple[CommentCard, ...] | None
    sponsors: tuple[tuple[int, str], ...]
    write: Verdict
    lead: Verdict
    refuse: Verdict
    withdraw: Verdict
    propose: bool
    """Whether the reader may propose its decision: nobody does so of themselves."""


def a_year_after(day: date) -> date:
    """The same day of the next year; the 1st of March after a 29th of February."""
    try:
        return day.replace(year=day.year + 1)
    except ValueError:
        return date(day.year + 1, 3, 1)


def _lines(reader: Reader, rows: Sequence[Dossier]) -> list[DossierLine]:
    names = members.names(reader, [n for row in rows for n in (row.person_id, row.sponsor_id)])
    query = select(DossierStep.dossier_id, DossierStep.done_on)
    found = query.where(DossierStep.dossier_id.in_([row.id for row in rows]))
    steps = reader.session.execute(found).all()
    zone = members.cooperative(reader.session).zone
    return [
        DossierLine(
            row.id,
            row.person_id,
            names[row.person_id],
            row.wish,
            names.get(row.sponsor_id or 0),
            row.opened_at.astimezone(zone).date(),
            row.outcome,
            row.outcome_on,
            a_year_after(row.works_since) if row.works_since else None,
            sum(1 for one in steps if one.dossier_id == row.id and one.done_on),
            sum(1 for one in steps if one.dossier_id == row.id),
        )
        for row in rows
    ]


def dossiers(reader: Reader) -> list[DossierLine]:
    """The dossiers that the reader may see, the latest first: all, or one's own."""
    query = select(Dossier).order_by(Dossier.id.desc())
    if not policy.may_see_dossiers(reader):
        query = query.where(Dossier.person_id == reader.actor.person_id)
    return _lines(reader, reader.session.scalars(query).all())


def open_dossier_of(reader: Reader, person_id: int) -> int | None:
    """The number of the open dossier of a person that the reader may see, if there is one."""
    query = select(Dossier).where(Dossier.person_id == person_id, Dossier.outcome == "")
    found = reader.session.scalars(query).one_or_none()
    return found.id if found is not None and policy.may_see_dossier(reader, found) else None


def dossier(reader: Reader, dossier_id: int) -> DossierPage:
    """One dossier. Raises NotFound when there is none that the reader may see."""
    row = reader.session.get(Dossier, dossier_id)
    if row is None or not policy.may_see_dossier(reader, row):
        raise NotFound
    lead = policy.may_lead_dossier(reader, row)
    steps = select(DossierStep).where(DossierStep.dossier_id == row.id).order_by(DossierStep.id)
    discussed = None
    if policy.may_discuss_dossier(reader, row):
        discussed = tuple(discussions.comments(reader, "dossier", row.id))
    return DossierPage(
        line=_lines(reader, [row])[0],
        words=row.words,
        works_since=row.works_since,
        sponsor_id=row.sponsor_id,
        outcome_words=row.outcome_words,
        decision_number=row.decision_number,
        steps=tuple(
            StepLine(one.id, one.what, one.due_on, one.done_on)
            for one in reader.session.scalars(steps)
        ),
        talk=discussed,
        sponsors=_sponsors(reader, row.person_id) if lead else (),
        write=policy.may_write_dossier(reader, row),
        lead=lead,
        refuse=policy.may_end_dossier(reader, row, "refused"),
        withdraw=policy.may_end_dossier(reader, row, "withdrawn"),
        propose=reader.actor.has(Right.PROPOSE) and bool(policy.may_discuss_dossier(reader, row)),
    )


def _sponsors(reader: Reader, person_id: int) -> tuple[tuple[int, str], ...]:
    return tuple(
        (one.id, one.name)
        for one in people_here(reader, members.today(reader))
        if one.id != person_id and has_right(reader, one.status, Right.VOTE)
    )


def candidates(reader: Reader) -> list[tuple[int, str]]:
    """The people for whom the reader may open a dossier: here, not yet employed members, without
    an open one."""
    is_open = set(reader.session.scalars(select(Dossier.person_id).where(Dossier.outcome == "")))
    return [
        (one.id, one.name)
        for one in people_here(reader, members.today(reader))
        if one.status != Status.MEMBER_EMPLOYEE
        and one.id not in is_open
        and policy.may_open_dossier(reader, one.id)
    ]


def template(reader: Reader) -> str | None:
    """The steps as the members wrote them; None while they have not. Raises Refused."""
    verdict = policy.may_change_steps(reader)
    if not verdict:
        raise Refused(verdict)
    row = reader.session.get(StepTemplate, 1)
    return row.steps if row else None


def to_see(reader: Reader) -> list[DossierLine]:
    """The open dossiers whose first year of work comes within 30 days, for those who sponsor them
    or keep the records."""
    today, actor = members.today(reader), reader.actor
    query = select(Dossier).where(Dossier.outcome == "", Dossier.works_since.is_not(None))
    query = query.where(Dossier.person_id != actor.person_id)
    if not actor.has(Right.RECORD):
        query = query.where(Dossier.sponsor_id == actor.person_id)
    if not policy.may_see_dossiers(reader):
        return []
    rows = [
        row
        for row in reader.session.scalars(query.join(Person, Person.id == Dossier.person_id))
        if row.works_since and a_year_after(row.works_since) <= today + SOON
    ]
    return _lines(reader, rows) if rows else []
