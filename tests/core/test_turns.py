"""Writers take turns: among threads, among processes, and past a writer who was killed."""

from __future__ import annotations

import fcntl
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from flask import Flask

from intranet.core import turns
from intranet.core.db import db
from intranet.core.obstacles import TooBusy
from intranet.core.turns import turn_to_write

HOLDER = """
import fcntl, sys, time
with open(sys.argv[1], "a") as file:
    fcntl.flock(file, fcntl.LOCK_EX)
    print("mine", flush=True)
    time.sleep(60)
"""


def test_one_thread_writes_at_a_time(app: Flask) -> None:
    inside: list[int] = []
    most: list[int] = []
    engine = db.engine

    def write() -> None:
        with turn_to_write(engine):
            inside.append(1)
            most.append(len(inside))
            time.sleep(0.01)
            inside.pop()

    threads = [threading.Thread(target=write) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert most == [1] * 8


def test_a_turn_ends_with_an_error(app: Flask) -> None:
    with pytest.raises(ValueError, match="broken"), turn_to_write(db.engine):
        raise ValueError("broken")
    with turn_to_write(db.engine):
        pass


def test_d4_nobody_waits_without_end_for_a_writer_that_hangs(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine = db.engine
    if engine.dialect.name != "sqlite":
        pytest.skip("a PostgreSQL server orders its writers by itself")
    monkeypatch.setattr(turns, "PATIENCE", 0.2)
    with Path(f"{engine.url.database}-turn").open("a") as hanging:
        fcntl.flock(hanging, fcntl.LOCK_EX)
        for _twice in range(2):
            with pytest.raises(TooBusy), turn_to_write(engine):
                pass
    monkeypatch.setattr(turns, "PATIENCE", 10)
    # Whoever gave up lets the lock go as soon as it comes.
    with turn_to_write(engine):
        pass


def test_a_process_waits_for_another_and_goes_on_when_it_is_killed(app: Flask) -> None:
    engine = db.engine
    if engine.dialect.name != "sqlite":
        pytest.skip("a PostgreSQL server orders its writers by itself")
    path = Path(f"{engine.url.database}-turn")
    other = subprocess.Popen([sys.executable, "-c", HOLDER, path], stdout=subprocess.PIPE)
    assert other.stdout is not None
    assert other.stdout.readline() == b"mine\n"
    mine = threading.Event()

    def write() -> None:
        with turn_to_write(engine):
            mine.set()

    waiting = threading.Thread(target=write)
    waiting.start()
    assert not mine.wait(0.3)
    other.send_signal(signal.SIGKILL)
    assert mine.wait(30)
    waiting.join()
    other.wait()
    other.stdout.close()
