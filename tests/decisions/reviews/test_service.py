"""Looking at decisions again: who may, what is kept, and what follows."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import delete, func, select, update
from sqlalchemy.exc import DatabaseError

from intranet.core import deliveries
from intranet.core.db import db
from intranet.core.events import EventRow
from intranet.core.policy import Conflict, Invalid, NotFound, Refused
from intranet.decisions import page_queries
from intranet.decisions.effects import link
from intranet.decisions.reviews import effects, queries, service, telling, worker
from intranet.decisions.reviews.models import Review, Told
from intranet.decisions.reviews.service import Answers
from intranet.decisions.statuses import State
from intranet.members.queries import today
from intranet.notices.models import Notice as Reminder
from intranet.subscriptions import REACTIONS
from tests.cast import Cast, acting, as_reader
from tests.decisions.later import later
from tests.decisions.register import entered

DAY = timedelta(days=1)


def answers(cast: Cast, **changes: object) -> Answers:
    day = today(as_reader(cast.amel))
    plain = Answers("On y gagne du temps.", "", "", "keep", day + 365 * DAY)
    return replace(plain, **changes)  # type: ignore[arg-type]


def due_now(cast: Cast, **changes: object) -> str:
    """A decision whose review date is today."""
    with acting(cast.amel) as tx:
        day = today(tx)
        given = {"decided_on": day - 30 * DAY, "review_on": day, **changes}
        return entered(tx, cast, **given).number


def test_a_review_gives_the_next_date_and_leaves_the_record_as_it_was(
    app: Flask, cast: Cast
) -> None:
    number = due_now(cast)
    look = as_reader(cast.amel)
    assert page_queries.decision(look, number).state is State.TO_REVIEW
    assert [one.number for one in queries.waiting(look)] == [number]
    with acting(cast.amel) as tx:
        service.review(tx, number, answers(cast), seen=0)
    look = as_reader(cast.amel)
    page = page_queries.decision(look, number)
    assert (page.state, page.review_on) == (State.IN_FORCE, today(look) + 365 * DAY)
    assert queries.waiting(look) == ()
    kept = queries.of_decision(look, number)
    assert [(one.by, one.outcome) for one in kept] == [("Amel Benali", "keep")]
    for statement in (update(Review).values(helped="Rien."), delete(Review)):
        with pytest.raises(DatabaseError), acting(cast.amel) as tx:
            tx.session.execute(statement)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"helped": " "}, "helped"),
        ({"outcome": "maybe"}, "outcome"),
        ({"outcome": "repeal"}, "against"),
        ({"outcome": "amend"}, "better"),
        ({"next_on": None}, "next_on"),
    ],
)
def test_a_review_answers_what_its_outcome_needs(
    app: Flask, cast: Cast, changes: dict[str, object], field: str
) -> None:
    number = due_now(cast)
    with pytest.raises(Invalid) as invalid, acting(cast.amel) as tx:
        service.review(tx, number, answers(cast, **changes), seen=0)
    assert list(invalid.value.errors) == [field]
    with pytest.raises(Invalid), acting(cast.amel) as tx:
        service.review(tx, number, answers(cast, next_on=today(tx)), seen=0)


def test_only_employed_members_review_and_only_what_applies(app: Flask, cast: Cast) -> None:
    number = due_now(cast)
    closed = due_now(cast, audience="members")
    for person in (cast.chloe, cast.farid):
        with pytest.raises((Refused, NotFound)), acting(person) as tx:
            service.review(tx, number, answers(cast), seen=0)
    with pytest.raises(NotFound), acting(cast.chloe) as tx:
        service.review(tx, closed, answers(cast), seen=0)
    assert queries.waiting(as_reader(cast.chloe)) == ()
    assert [one.number for one in queries.due(as_reader(cast.chloe)).overdue] == [number]
    with acting(cast.amel) as tx:
        link(tx, entered(tx, cast).number, number, "repeals")
    with pytest.raises(Refused) as refused, acting(cast.amel) as tx:
        service.review(tx, number, answers(cast), seen=0)
    assert refused.value.verdict.reason == "decisions.review_what_applies"


def test_two_at_once_the_second_reads_the_answers_of_the_first(app: Flask, cast: Cast) -> None:
    number = due_now(cast)
    with acting(cast.amel) as tx:
        service.review(tx, number, answers(cast), seen=0)
    with pytest.raises(Conflict), acting(cast.bruno) as tx:
        service.review(tx, number, answers(cast), seen=0)


def test_the_lists_are_cut_at_thirty_and_ninety_days(app: Flask, cast: Cast) -> None:
    with acting(cast.amel) as tx:
        day = today(tx)
        in_days = {
            days: entered(tx, cast, f"Dans {days}", review_on=day + days * DAY).number
            for days in (0, 1, 30, 31, 90, 91)
        }
        trial = entered(tx, cast, "Essai", ends_on=day + 90 * DAY).number
        over = entered(tx, cast, "Fini", ends_on=day - DAY).number
    found = queries.due(as_reader(cast.amel))
    named = [[one.number for one in some] for some in (found.overdue, found.within_30)]
    assert named == [[in_days[0]], [in_days[1], in_days[30]]]
    assert [one.number for one in found.within_90] == [in_days[31], in_days[90]]
    assert [one.number for one in found.ending] == [trial]
    assert [one.number for one in found.ended] == [over]


def test_a_trial_is_not_reviewed_beyond_its_end(app: Flask, cast: Cast) -> None:
    end = today(as_reader(cast.amel)) + 20 * DAY
    number = due_now(cast, ends_on=end)
    with pytest.raises(Invalid), acting(cast.amel) as tx:
        service.review(tx, number, answers(cast, next_on=end + DAY), seen=0)
    with acting(cast.amel) as tx:
        service.review(tx, number, answers(cast, next_on=end), seen=0)
    assert [one.number for one in queries.waiting(as_reader(cast.amel))] == [number]


def test_what_a_review_led_to_stands_beside_it_once(app: Flask, cast: Cast) -> None:
    number = due_now(cast, audience="members")
    with acting(cast.amel) as tx:
        done = service.review(tx, number, answers(cast), seen=0)
    for _ in range(2):
        with acting(cast.amel) as tx:
            effects.follow_up(tx, done, "proposal", 7)
    assert queries.review_card(as_reader(cast.amel), done).follow_ups == (("proposal", 7),)
    with pytest.raises(NotFound), acting(cast.chloe) as tx:
        effects.follow_up(tx, done, "proposal", 8)
    with pytest.raises(NotFound):
        queries.review_card(as_reader(cast.chloe), done)


def test_d8_a_trial_changes_its_badge_the_same_day_with_one_reminder_before_and_one_after(
    app: Flask, cast: Cast
) -> None:
    with acting(cast.amel) as tx:
        day = today(tx)
        trial = entered(tx, cast, "Essai", decided_on=day, ends_on=day + 40 * DAY).number
        review = entered(tx, cast, "Règle", decided_on=day, review_on=day + 10 * DAY).number
        entered(tx, cast, "Vieux papier", decided_on=day - 9 * DAY, ends_on=day - 5 * DAY)

    def told_on(days: int) -> list[tuple[str, str]]:
        last = db.session.scalars(select(EventRow.id).order_by(EventRow.id.desc()).limit(1)).one()
        with later(days):
            for _ in range(2):
                worker.tell_now()
        rows = db.session.scalars(select(EventRow).where(EventRow.id > last).order_by(EventRow.id))
        return [(row.name, row.payload.split('"number":"')[1][:11]) for row in rows]

    assert told_on(0) == []
    assert told_on(9) == []
    assert told_on(10) == [("DecisionReviewDue", review), ("DecisionEndsSoon", trial)]
    assert told_on(40) == []
    with later(41):
        assert page_queries.decision(as_reader(cast.amel), trial).state is State.EXPIRED
    assert told_on(41) == [("DecisionEnded", trial)]
    assert len(db.session.scalars(select(Told)).all()) == 3
    with later(41):
        deliveries.drain(REACTIONS)
    looked = select(EventRow.name, func.count()).join(Reminder, Reminder.event_id == EventRow.id)
    told_to_amel = looked.where(Reminder.person_id == cast.amel).group_by(EventRow.name)
    reminders = db.session.execute(told_to_amel).all()
    assert {row[0]: row[1] for row in reminders} == {
        "DecisionReviewDue": 1,
        "DecisionEndsSoon": 1,
        "DecisionEnded": 1,
    }
    assert telling.to_tell(as_reader(cast.amel)) == []
