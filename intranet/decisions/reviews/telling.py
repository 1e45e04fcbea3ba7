"""What the clock tells about decisions: a review is due, a trial ends soon, a trial ended.

Each is told once for each date, however often one looks, so that nobody is reminded twice.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, and_, exists, select

from intranet.core import clock
from intranet.core.db import insert_once
from intranet.core.transaction import Reader, Transaction
from intranet.decisions import lineage
from intranet.decisions.models import Decision
from intranet.decisions.reviews.events import DecisionEnded, DecisionEndsSoon, DecisionReviewDue
from intranet.decisions.reviews.models import Notice, Told
from intranet.decisions.reviews.queries import SOON
from intranet.decisions.reviews.standing import REVIEW_ON
from intranet.decisions.statuses import ADOPTED, APPLIES, State
from intranet.members.queries import cooperative, today

EVENTS = {
    Notice.REVIEW_DUE: DecisionReviewDue,
    Notice.ENDS_SOON: DecisionEndsSoon,
    Notice.ENDED: DecisionEnded,
}
FITTING = {
    Notice.REVIEW_DUE: frozenset({State.TO_REVIEW}),
    Notice.ENDS_SOON: APPLIES,
    Notice.ENDED: frozenset({State.EXPIRED}),
}
Telling = tuple[int, str, Notice, date]


def to_tell(reader: Reader) -> list[Telling]:
    """What is to be told today and was not yet: decision, number, what, and the date it is about.

    The end of a decision that was over before it was entered here is old news.
    """
    day, zone = today(reader), cooperative(reader.session).zone
    ends = Decision.ends_on
    cases: dict[Notice, tuple[Any, ColumnElement[bool]]] = {
        Notice.REVIEW_DUE: (REVIEW_ON, day >= REVIEW_ON),
        Notice.ENDS_SOON: (ends, and_(ends >= day, ends <= day + SOON)),
        Notice.ENDED: (ends, ends < day),
    }
    found: list[Telling] = []
    for notice, (about, has_come) in cases.items():
        told = exists().where(
            Told.decision_id == Decision.id, Told.notice == notice, Told.about == about
        )
        rows = reader.session.execute(
            select(Decision.id, Decision.number, Decision.recorded_at, about)
            .where(Decision.result == ADOPTED, has_come, ~told)
            .order_by(Decision.id)
        )
        for decision_id, number, recorded_at, date_of in rows:
            if notice != Notice.ENDED or clock.local_day(recorded_at, zone) <= date_of:
                found.append((decision_id, number, notice, date_of))
    return _fitting(reader, found, day)


def _fitting(reader: Reader, found: list[Telling], day: date) -> list[Telling]:
    """Those whose decision is in a state in which this is worth telling."""
    if not found:
        return []
    known = lineage.of(reader, {number for _, number, _, _ in found}).lineage
    return [one for one in found if known.state(one[1], day) in FITTING[one[2]]]


def tell(tx: Transaction, telling: Telling) -> bool:
    """Tell one of these, unless somebody did meanwhile; whether it was told now."""
    decision_id, number, notice, about = telling
    key = {"decision_id": decision_id, "notice": notice, "about": about}
    if not insert_once(tx.session, Told, **key):
        return False
    tx.record(EVENTS[notice](decision_id, number))
    return True
