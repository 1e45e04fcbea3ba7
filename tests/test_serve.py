"""One command serves web and worker, says plainly what hinders it, and ends them together."""

from __future__ import annotations

import os
import signal
import socket
import sqlite3
import subprocess
import sys
import urllib.error
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from intranet.core.db import db
from intranet.polls.procedure_models import Course
from intranet.serve import CannotServe, check_port, ready_app
from tests.cast import PASSWORD, arrive
from tests.polls.balloting import define, put_to_the_vote, submitted
from tests.served import ROOT, Browser, Served, ready_instance, until


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Served]:
    """A server on an instance folder that does not exist yet."""
    server = Served(tmp_path / "instance")
    yield server
    if server.process.poll() is None:
        server.process.kill()
        server.process.communicate()


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
def test_web_and_worker_start_on_nothing_and_end_together(
    served: Served, how: signal.Signals
) -> None:
    until(lambda: bool(served.health()) and all(served.health().values()))
    children = served.children()
    assert len(children) == 3
    said = served.stop(how).splitlines()
    assert served.process.returncode == 0
    assert not any(Path(f"/proc/{pid}").exists() for pid in children)
    assert len(said) <= 3, said
    assert f"http://127.0.0.1:{served.port}/setup/" in said[-1]
    assert served.instance.stat().st_mode & 0o777 == 0o700
    assert all(path.stat().st_mode & 0o077 == 0 for path in served.instance.iterdir())


def test_a_worker_that_dies_is_started_again(served: Served) -> None:
    until(lambda: served.health().get("worker", False))
    before = served.children()
    os.kill(max(before), signal.SIGKILL)
    until(lambda: len(served.children() - before) == 1)
    assert "it starts again" in served.stop(signal.SIGTERM)


TOLD_AT_A_BAD_MOMENT = """
import os, signal, sys, time, weakref
from types import SimpleNamespace
from intranet.serve import _be_the_worker

class Thing:
    pass

def work(app, leaving):
    thing = Thing()
    # What is raised while Python tidies up is told and forgotten.
    watch = weakref.ref(thing, lambda _: os.kill(os.getpid(), signal.SIGTERM) or time.sleep(0.1))
    del thing
    until = time.monotonic() + 20
    while not leaving() and time.monotonic() < until:
        time.sleep(0.05)
    if not leaving():
        raise TimeoutError

arbiter = SimpleNamespace(LISTENERS=[], app=SimpleNamespace(app=None), work=work)
_be_the_worker(arbiter, os.getppid())
"""


def test_a_worker_told_to_leave_while_python_tidies_up_leaves_without_a_word() -> None:
    ended = subprocess.run(
        [sys.executable, "-c", TOLD_AT_A_BAD_MOMENT],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert (ended.returncode, ended.stdout, ended.stderr) == (0, "", "")


def test_a_port_in_use_is_named_with_another_one() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(CannotServe, match=rf"Port {port} is in use .* PORT="):
            check_port("127.0.0.1", port)


@pytest.mark.parametrize(("host", "port"), [("127.0.0.1", 70000), ("192.0.2.1", 5000)])
def test_an_address_that_cannot_be_is_refused(host: str, port: int) -> None:
    with pytest.raises(CannotServe):
        check_port(host, port)


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(CannotServe, match=r"instance folder .*file/instance cannot be written"):
        ready_app(tmp_path / "file" / "instance")


HIDDEN, TOKEN = "un-motif-que-personne-ne-lit", "un-jeton-qui-ouvre-la-porte"


def status_of(asked: Callable[[], str]) -> int:
    """The status of an answer, whatever it is."""
    try:
        asked()
    except urllib.error.HTTPError as answer:
        with answer:
            return answer.code
    return 200


def test_t71_the_log_of_the_server_holds_no_ballot_and_no_token(
    tmp_path: Path, empty_database: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GUNICORN_CMD_ARGS", "--access-logfile - --log-level debug")
    app = ready_instance(tmp_path / "instance", empty_database)
    boxes = []
    with app.app_context():
        cast = arrive()
        for key, secret in (("open", False), ("sealed", True)):
            course = Course(smallest_secret=3)
            define(cast.assembly, key=key, name=key, secret=secret, course=course)
            proposal = submitted(cast.esther, key, title=f"Which is {key}")
            poll = put_to_the_vote(cast.esther, proposal)
            boxes.append((f"/proposals/{proposal}", f"/polls/{poll}/ballot"))
        db.session.remove()
        db.engine.dispose()
    served = Served(tmp_path / "instance")
    try:
        until(lambda: bool(served.health()))
        address = f"http://127.0.0.1:{served.port}"
        amel, bruno = (Browser(address, f"{name}@example.org") for name in ("amel", "bruno"))

        def given(person: Browser, box: tuple[str, str], form: str, option: str) -> int:
            return status_of(lambda: person.submit(form, box[1], option=option, reason=HIDDEN))

        for box in boxes:
            assert given(amel, box, box[0], "perhaps") == 422
            assert given(amel, box, box[0], "against") == 200
        with closing(sqlite3.connect(tmp_path / "instance" / "intranet.db")) as broken:
            for table in ("sealed_ballot", "open_ballot", "invitation"):
                broken.execute(f"ALTER TABLE {table} RENAME TO away_{table}")
            broken.commit()
        assert [given(bruno, box, "/wiki/", "for") for box in boxes] == [500, 500]
        assert status_of(lambda: bruno.get(f"/invitations/{TOKEN}?next={TOKEN}")) == 500
    finally:
        said = served.stop(signal.SIGTERM)
    assert said.count("no such table") >= 3, "the failures are in the log"
    assert all(f"POST {box}" in said for _, box in boxes)
    assert "GET /invitations/" in said
    for word in (HIDDEN, TOKEN, "against", "'for'", PASSWORD):
        assert word not in said
