"""Entering decisions: numbers without gap, records nobody edits, links without circle."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
from flask import Flask
from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError

from intranet.core.db import db
from intranet.core.events import EventRow, first_broken_link
from intranet.core.policy import Conflict, NotFound
from intranet.core.texts import text_of
from intranet.decisions.effects import enter, link
from intranet.decisions.models import Decision, DecisionLink, DecisionShelf, DecisionTag
from tests.cast import Cast, acting
from tests.decisions.register import entered, entry


def test_numbers_follow_each_other_by_body_and_year(app: Flask, cast: Cast) -> None:
    with acting(cast.amel) as tx:
        numbers = [
            entered(tx, cast).number,
            entered(tx, cast).number,
            entered(tx, cast, decided_on=date(2025, 12, 31)).number,
            entered(tx, cast, body_id=cast.meeting, body_code="RC").number,
            entered(tx, cast).number,
        ]
    assert numbers == ["AG-2026-001", "AG-2026-002", "AG-2025-001", "RC-2026-001", "AG-2026-003"]


def test_d1_fifty_decisions_at_once_have_fifty_numbers_without_gap(app: Flask, cast: Cast) -> None:
    def adopt(turn: int) -> str:
        with app.app_context(), acting(cast.members[turn % 3]) as tx:
            return entered(tx, cast, f"Décision {turn}").number

    with ThreadPoolExecutor(max_workers=16) as pool:
        numbers = list(pool.map(adopt, range(50)))
    assert sorted(numbers) == [f"AG-2026-{number:03d}" for number in range(1, 51)]
    assert len(set(db.session.scalars(select(Decision.number)))) == 50
    assert first_broken_link(db.session()) is None


def test_d1_a_number_that_was_undone_is_given_once(app: Flask, cast: Cast) -> None:
    def adopt(turn: int) -> str | None:
        with app.app_context():
            try:
                with acting(cast.amel) as tx:
                    number = entered(tx, cast, f"Décision {turn}").number
                    if turn % 3 == 0:
                        raise LookupError
                    return number
            except LookupError:
                return None

    with ThreadPoolExecutor(max_workers=8) as pool:
        numbers = [number for number in pool.map(adopt, range(24)) if number]
    assert sorted(numbers) == [f"AG-2026-{number:03d}" for number in range(1, 17)]


def test_the_exact_text_is_kept_and_shown(app: Flask, cast: Cast) -> None:
    words = "On achète **un four**.\n\n<script>alert(1)</script>\n"
    with acting(cast.amel) as tx:
        kept = enter(tx, entry(cast, text=words, tags=("achats", "cuisine", "achats")))
    decision = db.session.get_one(Decision, kept.id)
    shelf = db.session.get_one(DecisionShelf, kept.id)
    assert text_of(db.session(), decision.text_digest) == words
    assert "<strong>un four</strong>" in shelf.html
    assert "<script>" not in shelf.html
    assert "un four" in shelf.plain
    tags = db.session.scalars(select(DecisionTag.tag).order_by(DecisionTag.tag)).all()
    assert tags == ["achats", "cuisine"]


def test_entering_and_linking_are_written_in_the_journal(app: Flask, cast: Cast) -> None:
    with acting(cast.amel) as tx:
        old, new = entered(tx, cast), entered(tx, cast)
        link(tx, new.number, old.number, "supersedes")
    rows = db.session.scalars(select(EventRow).order_by(EventRow.id)).all()
    last = [(row.name, json.loads(row.payload)) for row in rows[-3:]]
    assert [name for name, _ in last] == ["DecisionEntered", "DecisionEntered", "DecisionsLinked"]
    assert last[2][1] == {"from_number": new.number, "to_number": old.number, "kind": "supersedes"}
    assert rows[-1].actor_id == cast.amel


def test_a_decision_without_a_day_has_no_number(app: Flask, cast: Cast) -> None:
    with acting(cast.amel) as tx, pytest.raises(ValueError, match="day"):
        entered(tx, cast, decided_on=None)


@pytest.mark.parametrize(
    "dates",
    [
        {"effective_on": date(2026, 3, 11)},
        {"effective_on": date(2026, 4, 1), "ends_on": date(2026, 3, 31)},
        {"result": "perhaps"},
    ],
)
def test_d5_the_database_refuses_what_contradicts_itself(
    app: Flask, cast: Cast, dates: dict[str, object]
) -> None:
    with pytest.raises(IntegrityError), acting(cast.amel) as tx:
        entered(tx, cast, **dates)
    assert db.session.scalar(select(Decision.id)) is None


def test_d5_an_effect_before_the_decision_needs_a_reason(app: Flask, cast: Cast) -> None:
    with acting(cast.amel) as tx:
        kept = entered(
            tx, cast, effective_on=date(2026, 1, 1), retroactive_because="Accord du 2 janvier."
        )
    assert db.session.get_one(Decision, kept.id).effective_on == date(2026, 1, 1)


@pytest.mark.parametrize("table", ["decision", "decision_link"])
@pytest.mark.parametrize("act", ["UPDATE {} SET id = id + 100", "DELETE FROM {}"])
def test_the_register_cannot_be_changed_whatever_the_code_does(
    app: Flask, cast: Cast, table: str, act: str
) -> None:
    with acting(cast.amel) as tx:
        link(tx, entered(tx, cast).number, entered(tx, cast).number, "amends")
    with pytest.raises(IntegrityError, match="record"):
        db.session.execute(text(act.format(table)))
    db.session.rollback()


def test_a_link_is_one_row_however_often_it_is_said(app: Flask, cast: Cast) -> None:
    with acting(cast.amel) as tx:
        old, new = entered(tx, cast), entered(tx, cast)
        link(tx, new.number, old.number, "supersedes")
        link(tx, new.number, old.number, "supersedes")
    row = db.session.scalars(select(DecisionLink)).one()
    assert (row.from_id, row.to_id, row.kind) == (new.id, old.id, "supersedes")


@pytest.mark.parametrize("kinds", [("supersedes", "supersedes"), ("supersedes", "repeals")])
def test_a_decision_cannot_end_up_replacing_itself(
    app: Flask, cast: Cast, kinds: tuple[str, str]
) -> None:
    with acting(cast.amel) as tx:
        numbers = [entered(tx, cast).number for _ in range(3)]
        link(tx, numbers[1], numbers[0], kinds[0])
        link(tx, numbers[2], numbers[1], kinds[1])
    with pytest.raises(Conflict) as refused, acting(cast.amel) as tx:
        link(tx, numbers[0], numbers[2], kinds[0])
    assert refused.value.reason == "decisions.link_in_a_circle"
    with pytest.raises(Conflict), acting(cast.amel) as tx:
        link(tx, numbers[0], numbers[0], kinds[0])


def test_two_decisions_may_need_each_other(app: Flask, cast: Cast) -> None:
    with acting(cast.amel) as tx:
        one, two = entered(tx, cast).number, entered(tx, cast).number
        link(tx, one, two, "requires")
        link(tx, two, one, "requires")
    assert len(db.session.scalars(select(DecisionLink)).all()) == 2


def test_only_an_import_names_decisions_that_are_not_here(app: Flask, cast: Cast) -> None:
    with pytest.raises(NotFound), acting(cast.amel) as tx:
        link(tx, entered(tx, cast).number, "AG-1999-001", "supersedes")
    with pytest.raises(NotFound), acting(cast.amel) as tx:
        link(tx, "AG-1999-001", entered(tx, cast).number, "supersedes")
