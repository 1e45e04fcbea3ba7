"""Decisions of the register, their minutes, and the files beside them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Select, String, cast, func, literal, select

from intranet.core.html_text import text_of_html
from intranet.core.markdown import render
from intranet.core.markdown_links import NoLinks
from intranet.core.stored_files import path_of
from intranet.core.texts import TextBody
from intranet.core.transaction import Reader
from intranet.decisions import queries as decisions
from intranet.decisions.minutes.models import Minutes
from intranet.decisions.models import Decision, DecisionLink, DecisionShelf, LinkKind
from intranet.decisions.policy import audiences
from intranet.files.models import Attachment
from intranet.members import queries as members
from intranet.members.models import Body, Person
from intranet.search.extraction import text_of_file
from intranet.search.port import Document
from intranet.search.sources.source import (
    Ids,
    Source,
    among,
    each,
    linked_boost,
    numbers,
    recent_boost,
)
from intranet.wiki.addresses import decision_address
from intranet.wiki.spent_queries import spent

IN_FORCE = frozenset({"in_force", "to_review", "coming"})
ENDED_BOOST, SPENT_BOOST, BESIDE_BOOST = 0.6, 0.7, 0.85
_SUPPORTING = (LinkKind.IMPLEMENTS, LinkKind.REQUIRES, LinkKind.AMENDS, LinkKind.RECTIFIES)


def _decisions(reader: Reader, ids: Ids | None) -> Iterator[Document]:
    rows = reader.session.execute(
        select(Decision, DecisionShelf.plain, DecisionShelf.audience, Body, Person.name)
        .join(DecisionShelf, DecisionShelf.decision_id == Decision.id)
        .outerjoin(Body, Body.id == Decision.body_id)
        .outerjoin(Person, Person.id == Decision.recorded_by_id)
        .where(among(Decision.number, ids))
    ).all()
    marks = decisions.statuses(reader, [row[0].number for row in rows])
    tags = decisions.tags_of(reader, [row[0].id for row in rows])
    counted = (
        select(DecisionLink.to_number, func.count())
        .where(among(DecisionLink.to_number, ids), DecisionLink.kind.in_(_SUPPORTING))
        .group_by(DecisionLink.to_number)
    )
    links: dict[str, int] = {row[0]: row[1] for row in reader.session.execute(counted)}
    beside = _Beside(
        states={number: str(mark.state) for number, mark in marks.items()},
        spent=spent(reader, list(marks)),
        tags=tags,
        links=links,
        language=members.cooperative(reader.session).locale,
        today=members.today(reader),
    )
    return each(rows, lambda row: _decision(row, beside), lambda row: f"decision {row[0].number}")


@dataclass(frozen=True)
class _Beside:
    """What is known of decisions from other tables, read once for all of them."""

    states: Mapping[str, str]
    spent: Collection[str]
    tags: Mapping[int, tuple[str, ...]]
    links: Mapping[str, int]
    language: str
    today: date


def _decision(row: Any, beside: _Beside) -> Document:
    decision, plain, audience, body, author = row
    state, day = beside.states[decision.number], decision.decided_on
    return Document(
        key=f"decision:{decision.number}",
        kind="decision",
        title=f"{decision.number} {decision.title}",
        body=plain,
        url=decision_address(decision.number),
        audience=audience,
        language=beside.language,
        tags=beside.tags.get(decision.id, ()),
        labels=(*_body_labels(body), *((("author", author),) if author else ())),
        source=decision.source or "",
        state=state,
        dated_on=day,
        boosts=(
            *_ended_boost(state, is_spent=decision.number in beside.spent),
            *linked_boost(beside.links.get(decision.number, 0)),
            *(recent_boost((beside.today - day).days) if day else ()),
        ),
    )


def _ended_boost(state: str, *, is_spent: bool) -> tuple[tuple[str, float], ...]:
    """What applies comes before what it replaced, as a whole or in the rules."""
    if state not in IN_FORCE:
        return (("not_in_force", ENDED_BOOST),)
    return (("nothing_in_force", SPENT_BOOST),) if is_spent else ()


def _body_labels(body: Body | None) -> tuple[tuple[str, str], ...]:
    """A body under its code, which everybody writes, and under its name."""
    return (("body", body.code), ("in", body.name)) if body else ()


def _decisions_seen(reader: Reader, ids: Ids) -> Select[str, str]:
    return (
        select(literal("decision"), Decision.number)
        .join(DecisionShelf, DecisionShelf.decision_id == Decision.id)
        .where(Decision.number.in_(ids), DecisionShelf.audience.in_(audiences(reader)))
    )


def states_today(reader: Reader, keys: Collection[str]) -> Mapping[str, str]:
    """The states of those of these documents that are decisions the reader may see. Asked as
    results are shown: the day decides, and so does what happened since they were indexed."""
    numbers = [key.partition(":")[2] for key in keys if key.startswith("decision:")]
    marks = decisions.statuses(reader, numbers)
    return {f"decision:{number}": str(mark.state) for number, mark in marks.items()}


def spent_today(reader: Reader, states: Mapping[str, str]) -> frozenset[str]:
    """Of these decisions in these states, those that apply and of which no paragraph is in force
    in the rules any more."""
    applying = (key for key, state in states.items() if state in IN_FORCE)
    gone = spent(reader, [key.partition(":")[2] for key in applying])
    return frozenset(f"decision:{number}" for number in gone)


def _minutes(reader: Reader, ids: Ids | None) -> Iterator[Document]:
    """The minutes that count, which are the last ones, when they are written in words."""
    last = select(func.max(Minutes.id)).group_by(Minutes.decision_id)
    rows = reader.session.execute(
        select(Decision, DecisionShelf.audience, TextBody.body)
        .join(DecisionShelf, DecisionShelf.decision_id == Decision.id)
        .join(Minutes, Minutes.decision_id == Decision.id)
        .join(TextBody, TextBody.digest == Minutes.text_digest)
        .where(among(Decision.number, ids), Minutes.id.in_(last), TextBody.body != "")
    )
    language = members.cooperative(reader.session).locale

    def make(row: Any) -> Document:
        decision, audience, text = row
        return Document(
            key=f"minutes:{decision.number}",
            kind="minutes",
            title=f"{decision.number} {decision.title}",
            body=text_of_html(render(text, NoLinks(), language=language).html),
            url=f"{decision_address(decision.number)}#minutes",
            audience=audience,
            language=language,
            dated_on=decision.decided_on,
            boosts=(("beside", BESIDE_BOOST),),
        )

    return each(rows, make, lambda row: f"minutes of {row[0].number}")


def _minutes_seen(reader: Reader, ids: Ids) -> Select[str, str]:
    return (
        select(literal("minutes"), Decision.number)
        .join(DecisionShelf, DecisionShelf.decision_id == Decision.id)
        .where(Decision.number.in_(ids), DecisionShelf.audience.in_(audiences(reader)))
    )


def _files(reader: Reader, ids: Ids | None) -> Iterator[Document]:
    rows = reader.session.execute(
        select(Attachment, Decision, DecisionShelf.audience, Person.name)
        .join(Decision, Decision.id == Attachment.subject_id)
        .join(DecisionShelf, DecisionShelf.decision_id == Decision.id)
        .outerjoin(Person, Person.id == Attachment.by_id)
        .where(Attachment.subject_kind == "decision", among(Attachment.id, numbers(ids)))
    )
    language = members.cooperative(reader.session).locale

    def make(row: Any) -> Document:
        file, decision, audience, author = row
        return Document(
            key=f"file:{file.id}",
            kind="file",
            title=f"{file.name} · {decision.number}",
            body=text_of_file(path_of(file.digest), file.name),
            url=f"{decision_address(decision.number)}#files",
            audience=audience,
            language=language,
            labels=(("author", author),) if author else (),
            dated_on=file.at.date(),
            boosts=(("beside", BESIDE_BOOST),),
        )

    return each(rows, make, lambda row: f"file {row[0].id}")


def _files_seen(reader: Reader, ids: Ids) -> Select[str, str]:
    return (
        select(literal("file"), cast(Attachment.id, String))
        .join(DecisionShelf, DecisionShelf.decision_id == Attachment.subject_id)
        .where(
            Attachment.subject_kind == "decision",
            Attachment.id.in_(numbers(ids) or []),
            DecisionShelf.audience.in_(audiences(reader)),
        )
    )


def files_beside(reader: Reader, numbers: Iterable[str]) -> list[int]:
    """The numbers of the files beside these decisions."""
    query = (
        select(Attachment.id)
        .join(Decision, Decision.id == Attachment.subject_id)
        .where(Attachment.subject_kind == "decision", Decision.number.in_(list(numbers)))
    )
    return list(reader.session.scalars(query))


DECISIONS = Source("decision", _decisions, _decisions_seen)
MINUTES = Source("minutes", _minutes, _minutes_seen)
FILES = Source("file", _files, _files_seen)
