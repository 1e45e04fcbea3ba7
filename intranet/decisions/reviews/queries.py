"""Which decisions are to be looked at again, and what earlier reviews found."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Row, and_, or_, select

from intranet.core.policy import NotFound
from intranet.core.transaction import Reader
from intranet.decisions import lineage
from intranet.decisions.models import Decision, DecisionShelf
from intranet.decisions.policy import audiences
from intranet.decisions.reviews.models import FollowUp, Review
from intranet.decisions.reviews.policy import may_review_decisions
from intranet.decisions.reviews.standing import REVIEW_ON
from intranet.decisions.statuses import ADOPTED, APPLIES, State
from intranet.members.models import Body, Person
from intranet.members.queries import today

SOON = timedelta(days=30)
LATER = timedelta(days=90)
SHOWN = 20


@dataclass(frozen=True)
class ReviewCard:
    """A review as its decision shows it, with what was begun because of it."""

    id: int
    number: str
    title: str
    reviewed_on: date
    at: datetime
    by: str
    helped: str
    against: str
    better: str
    outcome: str
    next_on: date
    follow_ups: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True)
class Due:
    """A decision with a date that comes near, or has come."""

    id: int
    number: str
    title: str
    body_code: str | None
    review_on: date | None
    ends_on: date | None
    state: State


@dataclass(frozen=True)
class DueLists:
    """What is to be looked at, each list with the nearest date first.

    `ending` are trials in their last ninety days, `ended` those that ended in the last ninety;
    a decision to review within thirty days does not stand among those within ninety.
    """

    overdue: tuple[Due, ...]
    within_30: tuple[Due, ...]
    within_90: tuple[Due, ...]
    ending: tuple[Due, ...]
    ended: tuple[Due, ...]


def due(reader: Reader) -> DueLists:
    """Everything with a date near today that this person may read, in four statements."""
    day = today(reader)
    near = or_(day + LATER >= REVIEW_ON, Decision.ends_on.between(day - LATER, day + LATER))
    found = _due(reader, near, day)
    applies = [one for one in found if one.state in APPLIES]
    by_review = sorted(
        (one for one in applies if one.review_on), key=lambda one: one.review_on or day
    )
    by_end = sorted((one for one in found if one.ends_on), key=lambda one: one.ends_on or day)
    return DueLists(
        overdue=_between(by_review, date.min, day),
        within_30=_between(by_review, day + timedelta(days=1), day + SOON),
        within_90=_between(by_review, day + SOON + timedelta(days=1), day + LATER),
        ending=tuple(
            one for one in by_end if one.state in APPLIES and (one.ends_on or day) <= day + LATER
        ),
        ended=tuple(one for one in by_end if one.state == State.EXPIRED),
    )


def _between(found: Iterable[Due], first: date, last: date) -> tuple[Due, ...]:
    return tuple(one for one in found if one.review_on and first <= one.review_on <= last)


def _due(reader: Reader, near: ColumnElement[bool], day: date) -> list[Due]:
    rows = reader.session.execute(
        select(
            Decision.id,
            Decision.number,
            Decision.title,
            Body.code,
            REVIEW_ON,
            Decision.ends_on,
        )
        .join(DecisionShelf, DecisionShelf.decision_id == Decision.id)
        .outerjoin(Body, Body.id == Decision.body_id)
        .where(Decision.result == ADOPTED, near)
        .where(DecisionShelf.audience.in_(audiences(reader)))
        .order_by(Decision.id)
    ).all()
    if not rows:
        return []
    known = lineage.of(reader, [row.number for row in rows]).lineage
    return [Due(*row, known.state(row.number, day)) for row in rows]


def waiting(reader: Reader) -> tuple[Due, ...]:
    """What waits to be reviewed by this person: what is overdue, and trials about to end.

    Empty for those who may not review.
    """
    if not may_review_decisions(reader):
        return ()
    day = today(reader)
    near = or_(day >= REVIEW_ON, Decision.ends_on.between(day, day + SOON))
    found = [one for one in _due(reader, near, day) if one.state in APPLIES]
    return tuple(sorted(found, key=lambda one: min(filter(None, (one.review_on, one.ends_on)))))


def trials(reader: Reader, numbers: Collection[str], on: date) -> dict[str, Due]:
    """Those of these decisions that were taken for a time which has run out by a day, or runs out
    within thirty days of it; one statement when there is none."""
    near = and_(Decision.number.in_(numbers), Decision.ends_on <= on + SOON)
    found = _due(reader, near, on) if numbers else []
    return {one.number: one for one in found if one.state in (*APPLIES, State.EXPIRED)}


_CARD = (
    Review.id,
    Decision.number,
    Decision.title,
    Review.reviewed_on,
    Review.at,
    Person.name,
    Review.helped,
    Review.against,
    Review.better,
    Review.outcome,
    Review.next_on,
)


def _cards(reader: Reader, *conditions: ColumnElement[bool], limit: int) -> tuple[ReviewCard, ...]:
    rows = reader.session.execute(
        select(*_CARD)
        .join(Decision, Decision.id == Review.decision_id)
        .join(DecisionShelf, DecisionShelf.decision_id == Decision.id)
        .join(Person, Person.id == Review.by_id)
        .where(DecisionShelf.audience.in_(audiences(reader)), *conditions)
        .order_by(Review.id.desc())
        .limit(limit)
    ).all()
    return _with_follow_ups(reader, rows) if rows else ()


def _with_follow_ups(
    reader: Reader, rows: Sequence[Row[*tuple[Any, ...]]]
) -> tuple[ReviewCard, ...]:
    wanted = FollowUp.review_id.in_([row.id for row in rows])
    begun: dict[int, list[tuple[str, int]]] = {}
    for one in reader.session.scalars(select(FollowUp).where(wanted).order_by(FollowUp.at)):
        begun.setdefault(one.review_id, []).append((one.origin_kind, one.origin_id))
    return tuple(replace(ReviewCard(*row), follow_ups=tuple(begun.get(row.id, ()))) for row in rows)


def of_decision(reader: Reader, number: str) -> tuple[ReviewCard, ...]:
    """The reviews of a decision, the last one first."""
    return _cards(reader, Decision.number == number, limit=10_000)


def recent(reader: Reader) -> tuple[ReviewCard, ...]:
    """The reviews written last."""
    return _cards(reader, limit=SHOWN)


def review_card(reader: Reader, review_id: int) -> ReviewCard:
    """One review. Raises NotFound, also for one of a decision that the reader may not see."""
    found = _cards(reader, Review.id == review_id, limit=1)
    if not found:
        raise NotFound
    return found[0]
