"""One command is one transaction: all of it, or none of it, and one at a time."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from datetime import date

import pytest
from flask import Flask
from sqlalchemy import text, update

from intranet.core import clock
from intranet.core.db import db
from intranet.core.events import Event
from intranet.core.policy import NotFound
from intranet.core.transaction import transaction
from intranet.members import effects
from intranet.members.models import Person
from intranet.members.statuses import Right, Status
from tests.cast import Cast, acting, as_reader, this_day
from tests.journal import happened


@dataclass(frozen=True)
class BellRang(Event):
    """An event of these tests."""

    times: int


def write_and(person_id: int, event: Event, fail: bool = False) -> None:
    """A command that writes, records, and may fail at its end."""
    with transaction(person_id) as tx:
        tx.session.get_one(Person, person_id).about = "là"
        tx.record(event)
        tx.session.flush()
        if fail:
            raise KeyError


def test_what_a_command_writes_is_there_afterwards(cast: Cast) -> None:
    write_and(cast.amel, BellRang(1))
    db.session.rollback()
    assert db.session.get_one(Person, cast.amel).about == "là"
    assert happened() == ["BellRang"]


def test_a_failure_undoes_everything_and_drops_the_events(cast: Cast) -> None:
    with pytest.raises(KeyError):
        write_and(cast.amel, BellRang(1), fail=True)
    db.session.rollback()
    assert db.session.get_one(Person, cast.amel).about == ""
    assert happened() == []


def test_a_failure_while_events_are_written_undoes_the_change(cast: Cast) -> None:
    with pytest.raises(TypeError):
        write_and(cast.amel, BellRang(times={1}))  # type: ignore[arg-type]
    db.session.rollback()
    assert db.session.get_one(Person, cast.amel).about == ""


def test_commands_do_not_nest(cast: Cast) -> None:
    with pytest.raises(RuntimeError, match="nest"), transaction(None), transaction(None):
        pass
    with transaction(None) as tx:
        assert tx.session.get(Person, cast.amel) is not None


def test_the_system_acts_without_a_person(app: Flask) -> None:
    with transaction(None) as tx:
        assert tx.actor.is_system
        assert tx.actor.person_id is None


def test_the_actor_is_loaded_again_inside(cast: Cast) -> None:
    look = as_reader(cast.amel)
    assert look.actor.has(Right.VOTE)
    with transaction(None) as tx:
        today = this_day()
        effects.change_status(tx, cast.amel, Status.FORMER, today, "AG-2026-001")
    with transaction(cast.amel) as tx:
        assert not tx.actor.has(Right.VOTE)


def test_a_person_who_does_not_exist_does_not_act(app: Flask) -> None:
    with pytest.raises(NotFound), transaction(9999):
        pass
    with transaction(None):
        pass


def test_the_world_is_seen_as_it_is_after_the_lock(cast: Cast) -> None:
    """A read snapshot left over by the request is ended before the command looks."""
    assert db.session.get_one(Person, cast.amel).about == ""
    somebody_else_writes(cast.amel, "entre-temps")
    with transaction(cast.amel) as tx:
        assert tx.session.get_one(Person, cast.amel).about == "entre-temps"


def somebody_else_writes(person_id: int, about: str) -> None:
    """Another process writes, on a connection of its own."""
    with db.engine.begin() as connection:
        connection.execute(
            text("UPDATE person SET about = :about WHERE id = :id"),
            {"about": about, "id": person_id},
        )


def in_threads(app: Flask, how_many: int, work: object) -> list[object]:
    """Run the same work in real threads that start together; give what each answered."""
    barrier = threading.Barrier(how_many)
    answers: list[object] = []

    def run(number: int) -> None:
        with app.app_context():
            barrier.wait()
            try:
                answers.append(work(number))  # type: ignore[operator]
            except Exception as error:
                answers.append(error)
            finally:
                db.session.remove()

    threads = [threading.Thread(target=run, args=(number,)) for number in range(how_many)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


def test_the_clock_is_read_after_the_lock(app: Flask, cast: Cast) -> None:
    """Whoever waited for another command sees the time at which its own begins."""
    order: list[tuple[object, object]] = []

    def work(_number: int) -> None:
        asked_at = clock.now()
        with transaction(None) as tx:
            order.append((tx.now, asked_at))
            tx.session.execute(text("UPDATE person SET about = about"))

    assert in_threads(app, 8, work) == [None] * 8
    starts = [start for start, _ in order]
    assert starts == sorted(starts)  # type: ignore[type-var]
    assert all(start > asked for start, asked in order)  # type: ignore[operator]


def test_twenty_at_once_and_one_is_accepted(app: Flask, cast: Cast) -> None:
    """The shape of casting a secret ballot: an update of one row, under a condition."""
    with acting(None) as tx:
        tx.session.get_one(Person, cast.amel).about = "not yet"

    def work(number: int) -> bool:
        # The user loader of a request has read before the command begins.
        db.session.get_one(Person, cast.amel)
        with transaction(cast.amel) as tx:
            if tx.session.get_one(Person, cast.amel).about != "not yet":
                return False
            changed = tx.session.execute(
                update(Person)
                .where(Person.id == cast.amel, Person.about == "not yet")
                .values(about=f"done by {number}")
                .returning(Person.id)
            ).one_or_none()
            tx.record(BellRang(number))
            return changed is not None

    answers = in_threads(app, 20, work)
    assert sorted(map(str, answers)) == ["False"] * 19 + ["True"]
    assert happened() == ["BellRang"]


def test_a_hundred_at_once_and_all_are_written(app: Flask, cast: Cast) -> None:
    def work(number: int) -> int:
        db.session.get_one(Person, cast.amel)
        with transaction(None) as tx:
            effects.add_person(tx, f"Person {number}", Status.SYMPATHISER, date(2026, 1, 1))
        return number

    answers = in_threads(app, 100, work)
    assert {answer for answer in answers if not isinstance(answer, int)} == set()
    assert happened() == ["PersonAdded"] * 100
