"""A command acts with the rights of its own turn, whatever the request knew when it came in."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest
import time_machine
from flask import Flask
from sqlalchemy import Engine, event, update
from sqlalchemy.orm import Session

from intranet.core import clock, transaction
from intranet.core.db import WRITE, db
from intranet.core.generation import raise_generation
from intranet.core.turns import turn_to_write
from intranet.members.models import StatusPeriod
from intranet.members.statuses import Right
from intranet.web import signed_in
from tests.cast import Cast, Client, acting
from tests.polls.balloting import define, put_to_the_vote, submitted


@pytest.fixture
def amel(app: Flask, cast: Cast) -> Client:
    """Amel at a browser, known to the server from an earlier page."""
    app.test_client_class = Client
    client: Client = app.test_client().sign_in("amel")
    assert client.get("/members").status_code == 200
    return client


@pytest.fixture
def ballot(cast: Cast) -> str:
    """Where a ballot of an open vote is cast, in which Amel has a voice."""
    define(cast.assembly, key="vote", name="Vote")
    proposal_id = submitted(cast.amel, "vote")
    return f"/polls/{put_to_the_vote(cast.amel, proposal_id, hours=48)}/ballot"


@pytest.fixture
def before_the_turn(monkeypatch: pytest.MonkeyPatch) -> Callable[[Callable[[], object]], None]:
    """Let something happen while the next command waits for its turn."""

    def install(happens: Callable[[], object]) -> None:
        waiting = [happens]

        @contextmanager
        def turn(engine: Engine) -> Iterator[None]:
            while waiting:
                waiting.pop()()
            with turn_to_write(engine):
                yield

        monkeypatch.setattr(transaction, "turn_to_write", turn)

    return install


def leaves(person_id: int) -> None:
    """Somebody else takes a status away and commits."""
    with Session(db.engine) as session:
        session.connection(execution_options={WRITE: True})
        mine = StatusPeriod.person_id == person_id
        session.execute(update(StatusPeriod).where(mine).values(status="former"))
        raise_generation(session)
        session.commit()


def asked_by(amel: Client, ballot: str) -> tuple[int, list[str]]:
    """The status of the answer to a ballot, and what was asked of the database for it."""
    asked: list[str] = []

    def note(*given: object) -> None:
        asked.append(str(given[2]))

    event.listen(db.engine, "before_cursor_execute", note)
    try:
        return amel.submit(ballot, option="for").status_code, asked
    finally:
        event.remove(db.engine, "before_cursor_execute", note)


def test_a_right_lost_while_waiting_for_the_turn_is_lost(
    amel: Client, cast: Cast, ballot: str, before_the_turn: Callable[[Callable[[], object]], None]
) -> None:
    before_the_turn(lambda: leaves(cast.amel))
    assert amel.submit(ballot, option="for").status_code == 403


def test_a_status_that_ends_at_midnight_while_waiting_is_over(
    amel: Client, cast: Cast, ballot: str, before_the_turn: Callable[[Callable[[], object]], None]
) -> None:
    now = clock.now()
    tomorrow = now + timedelta(days=1)
    with acting(None) as tx:
        period = tx.session.query(StatusPeriod).filter_by(person_id=cast.amel).one()
        period.ends_on = tomorrow.date()
    with time_machine.travel(now, tick=False) as clocks:
        assert amel.get("/members").status_code == 200
        before_the_turn(lambda: clocks.move_to(tomorrow))
        assert amel.submit(ballot, option="for").status_code == 403


def test_a_command_of_somebody_else_has_their_rights(app: Flask, amel: Client, cast: Cast) -> None:
    with app.test_request_context("/members", headers={"Cookie": cookie(amel)}):
        assert signed_in.actor().person_id == cast.amel
        with transaction.transaction(cast.farid) as tx:
            assert tx.actor.person_id == cast.farid
            assert not tx.actor.has(Right.VOTE)


def cookie(client: Client) -> str:
    """What a browser sends of itself."""
    kept = client.get_cookie("session")
    assert kept is not None
    return f"session={kept.value}"


def test_nothing_is_asked_again_about_somebody_of_whom_nothing_was_written(
    amel: Client, ballot: str, cast: Cast
) -> None:
    amel.get("/members")
    status, asked = asked_by(amel, ballot)
    assert status == 303
    assert asked
    assert not [words for words in asked if "status_period" in words], asked
    leaves(cast.bruno)
    status, asked = asked_by(amel, ballot)
    assert status == 303
    assert [words for words in asked if "status_period" in words]
