"""Who is meant by the numbers in the journal, and what they were when."""

from __future__ import annotations

from sqlalchemy import select

from intranet.core.transaction import Reader
from intranet.discussions.models import Comment, Thread
from intranet.export.folder import Folder
from intranet.members.models import Body, Mandate, Person, StatusPeriod


def write_people(reader: Reader, folder: Folder) -> None:
    """people.csv with a line for each status, mandates.csv, bodies.csv and dossier-comments.csv."""
    people = select(Person.id, Person.name, StatusPeriod).outerjoin(
        StatusPeriod, StatusPeriod.person_id == Person.id
    )
    folder.write_table(
        "people.csv",
        ("id", "name", "status", "starts_on", "ends_on", "decision"),
        (
            (number, name, *_period(period))
            for number, name, period in reader.session.execute(
                people.order_by(Person.id, StatusPeriod.starts_on)
            )
        ),
    )
    _write_mandates(reader, folder)
    _write_bodies(reader, folder)
    _write_dossier_talk(reader, folder)


def _write_mandates(reader: Reader, folder: Folder) -> None:
    mandates = select(Mandate, Body.code).outerjoin(Body, Body.id == Mandate.body_id)
    folder.write_table(
        "mandates.csv",
        ("person", "role", "body", "starts_on", "ends_on", "decision", "ended_by"),
        (
            (
                one.person_id,
                one.role,
                code,
                one.starts_on,
                one.ends_on,
                one.decision_number,
                one.end_decision_number,
            )
            for one, code in reader.session.execute(mandates.order_by(Mandate.id))
        ),
    )


def _write_bodies(reader: Reader, folder: Folder) -> None:
    bodies = reader.session.scalars(select(Body).order_by(Body.id)).all()
    codes = {body.id: body.code for body in bodies}
    folder.write_table(
        "bodies.csv",
        ("code", "name", "statuses", "description", "above"),
        (
            (body.code, body.name, body.statuses, body.description, codes.get(body.parent_id or 0))
            for body in bodies
        ),
    )


def _write_dossier_talk(reader: Reader, folder: Folder) -> None:
    """What was said about those who come in, which they never read themselves. A comment taken out
    of sight has the reason in place of its words."""
    said = (
        select(Thread.subject_id, Comment)
        .join(Thread, Thread.id == Comment.thread_id)
        .where(Thread.subject_kind == "dossier")
        .order_by(Comment.id)
    )
    folder.write_table(
        "dossier-comments.csv",
        ("dossier", "id", "answer_to", "author", "at", "text", "hidden"),
        (
            (number, one.id, one.reply_to_id, one.author_id, one.at, *_words(one))
            for number, one in reader.session.execute(said)
        ),
    )


def _words(said: Comment) -> tuple[str, str | None]:
    return ("", said.hidden_because) if said.hidden_at else (said.text, None)


def _period(period: StatusPeriod | None) -> tuple[object, ...]:
    if period is None:
        return ("", None, None, None)
    return (period.status, period.starts_on, period.ends_on, period.decision_number)
