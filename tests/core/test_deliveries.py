"""Reactions happen after the commit: each at least once, in order, none blocked by another."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest
import time_machine
from flask import Flask

from intranet.auth.queries import load_actor
from intranet.core import clock, deliveries, transaction
from intranet.core.actor import SYSTEM
from intranet.core.db import db
from intranet.core.deliveries import MOST_ATTEMPTS, Reaction
from intranet.core.events import Delivery, Event, EventRow
from intranet.core.transaction import Reader, reader
from intranet.subscriptions import consumers_of


@dataclass(frozen=True)
class BellRang(Event):
    """An event of these tests."""

    times: int


Receive = Callable[[Reader, Sequence[EventRow]], None]


@pytest.fixture
def two_listeners(app: Flask) -> Iterator[None]:
    """Every event wakes an index and a mail."""
    transaction.wire(load_actor, lambda _event: ("index", "mail"))
    yield
    transaction.wire(load_actor, consumers_of)


def ring(*times: int) -> None:
    for number in times:
        with transaction.transaction(None) as tx:
            tx.record(BellRang(number))


def drain(index: Receive, mail: Receive) -> int:
    return deliveries.drain({"index": Reaction("index", index), "mail": Reaction("mail", mail)})


def nothing(_reader: Reader, _rows: Sequence[EventRow]) -> None:
    """A reaction that always goes well."""


def backlog() -> deliveries.Backlog:
    db.session.rollback()
    look = reader(SYSTEM)
    return deliveries.backlog(look.session, look)


def test_every_event_reaches_every_consumer_in_order(two_listeners: None) -> None:
    ring(1, 2, 3)
    seen: dict[str, list[int]] = {"index": [], "mail": []}
    drain(
        lambda _reader, rows: seen["index"].extend(row.id for row in rows),
        lambda _reader, rows: seen["mail"].extend(row.id for row in rows),
    )
    assert seen == {"index": [1, 2, 3], "mail": [1, 2, 3]}
    assert backlog() == deliveries.Backlog(0, 0, 0)


def test_what_was_delivered_is_not_delivered_again(two_listeners: None) -> None:
    ring(1)
    assert drain(nothing, nothing) == 2
    assert drain(nothing, nothing) == 0


def test_a_command_that_failed_wakes_nobody(two_listeners: None) -> None:
    with contextlib.suppress(KeyError), transaction.transaction(None) as tx:
        tx.record(BellRang(1))
        raise KeyError
    assert backlog().waiting == 0


def test_one_bad_row_blocks_no_other(two_listeners: None) -> None:
    ring(1, 2, 3)
    seen: list[int] = []

    def fragile(_reader: Reader, rows: Sequence[EventRow]) -> None:
        if any(row.id == 2 for row in rows):
            raise ValueError("unreadable")
        seen.extend(row.id for row in rows)

    drain(fragile, nothing)
    assert seen == [1, 3]
    assert (backlog().waiting, backlog().parked) == (1, 0)
    row = db.session.query(Delivery).filter(Delivery.done_at.is_(None)).one()
    assert (row.consumer, row.attempts) == ("index", 1)
    assert row.last_error == "ValueError: unreadable"


def test_a_failing_mail_does_not_hold_the_index(two_listeners: None) -> None:
    ring(1, 2)
    seen: list[int] = []

    def down(_reader: Reader, _rows: Sequence[EventRow]) -> None:
        raise ConnectionError("no server")

    drain(lambda _reader, rows: seen.extend(row.id for row in rows), down)
    assert seen == [1, 2]
    assert backlog().waiting == 2


def test_a_failure_is_tried_again_later_each_time_after_a_longer_pause(
    two_listeners: None,
) -> None:
    ring(1)
    tries = []

    def twice_down(_reader: Reader, _rows: Sequence[EventRow]) -> None:
        tries.append(clock.now())
        if len(tries) < 3:
            raise ConnectionError

    with time_machine.travel(clock.now(), tick=False) as traveller:
        for seconds in (0, 1, 1, 3, 1):
            traveller.shift(seconds)
            drain(twice_down, nothing)
    assert [(late - tries[0]).seconds for late in tries] == [0, 2, 6]
    assert backlog().waiting == 0


def test_after_ten_failures_a_delivery_is_parked(two_listeners: None) -> None:
    ring(1)
    tries = []

    def down(_reader: Reader, _rows: Sequence[EventRow]) -> None:
        tries.append(1)
        raise ConnectionError("no server")

    with time_machine.travel(clock.now(), tick=False) as traveller:
        for _ in range(MOST_ATTEMPTS + 5):
            drain(down, nothing)
            traveller.shift(timedelta(hours=1))
    assert len(tries) == MOST_ATTEMPTS
    assert (backlog().waiting, backlog().parked) == (0, 1)
    assert deliveries.given_up(db.session()) == ["index, event 1: ConnectionError: no server"]


def test_the_age_of_the_oldest_is_told(two_listeners: None) -> None:
    rang = clock.now()
    with time_machine.travel(rang, tick=False):
        ring(1)
    with time_machine.travel(rang + timedelta(seconds=90), tick=False):
        assert backlog().oldest_seconds == 90


CHILD = """
import os, signal, sys
from pathlib import Path
sys.path.insert(0, sys.argv[1])
from intranet.auth.queries import load_actor
from intranet.core import transaction
from tests.conftest import build
from tests.core.test_deliveries import BellRang
app = build(Path(sys.argv[2]))
with app.app_context():
    transaction.wire(load_actor, lambda _event: ("index", "mail"))
    with transaction.transaction(None) as tx:
        tx.record(BellRang(7))
    os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.mark.skipif(not hasattr(os, "fork"), reason="kill -9 is a matter of Unix")
def test_a_kill_between_commit_and_worker_loses_nothing(app: Flask, two_listeners: None) -> None:
    if db.engine.dialect.name != "sqlite":
        pytest.skip("the child process opens the SQLite file of the instance")
    root = str(Path(__file__).resolve().parents[2])
    killed = subprocess.run(
        [sys.executable, "-c", CHILD, root, app.instance_path], check=False, timeout=240
    )
    assert killed.returncode == -signal.SIGKILL
    seen: list[str] = []
    drain(lambda _reader, rows: seen.extend(row.payload for row in rows), nothing)
    assert seen == ['{"times":7}']
