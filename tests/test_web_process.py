"""People are spread over the web processes evenly, also after one of them died."""

from __future__ import annotations

import os
import signal
import socket
import time
from collections.abc import Iterator
from contextlib import ExitStack, suppress
from pathlib import Path

import pytest
from gunicorn.workers.gthread import ThreadWorker

from intranet.web_process import COURTESY, WebProcess
from tests.served import Served, until

VISITORS = 12


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A running server on a new instance."""
    server = Served(tmp_path_factory.mktemp("served") / "instance")
    until(lambda: server.health().get("worker", False))
    yield server
    server.stop(signal.SIGTERM)


def connections(server: Served) -> dict[int, int]:
    """How many open connections each child of the server holds with somebody."""
    table = Path("/proc/net/tcp").read_text().splitlines()[1:]
    here = f":{server.port:04X}"
    held = {
        f"socket:[{fields[9]}]"
        for fields in map(str.split, table)
        if fields[1].endswith(here) and fields[3] == "01"
    }
    return {pid: sum(target in held for target in _open(pid)) for pid in server.children()}


def _open(pid: int) -> list[str]:
    # What is closed between the list and the question is no connection any more.
    targets = []
    for path in Path(f"/proc/{pid}/fd").iterdir():
        with suppress(OSError):
            targets.append(str(path.readlink()))
    return targets


def spread(server: Served, arriving: ExitStack) -> list[int]:
    """How many of so many visitors, who come one after the other and stay, each process has."""
    for number in range(1, VISITORS + 1):
        visitor = arriving.enter_context(socket.create_connection(("127.0.0.1", server.port)))
        visitor.sendall(b"GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n")
        assert visitor.recv(100).startswith(b"HTTP/1.1 200")
        until(lambda number=number: sum(connections(server).values()) == number)  # type: ignore[misc]
    return sorted(connections(server).values())


def test_those_who_come_and_stay_are_shared_between_the_processes(served: Served) -> None:
    until(lambda: not sum(connections(served).values()))
    with ExitStack() as arriving:
        worker, *web = spread(served, arriving)
    assert worker == 0
    assert max(web) - min(web) <= 2, web


def test_a_process_in_the_place_of_a_dead_one_is_given_its_share(served: Served) -> None:
    with ExitStack() as arriving:
        spread(served, arriving)
        full = min(pid for pid, held in connections(served).items() if held)
        os.kill(full, signal.SIGKILL)
        until(lambda: len(served.children() - {full}) == 3)
    until(lambda: not sum(connections(served).values()))
    with ExitStack() as arriving:
        _worker, *web = spread(served, arriving)
    assert max(web) - min(web) <= 2, web


def test_processes_made_anew_by_a_reload_share_alike(served: Served) -> None:
    before = served.children()
    served.process.send_signal(signal.SIGHUP)
    until(lambda: len(served.children() - before) == 2 and len(served.children()) == 3)
    until(lambda: not sum(connections(served).values()))
    with ExitStack() as arriving:
        _worker, *web = spread(served, arriving)
    assert max(web) - min(web) <= 2, web


@pytest.fixture
def busy(monkeypatch: pytest.MonkeyPatch) -> Iterator[WebProcess]:
    """A process that holds more than its sibling, and takes whoever it takes in a list."""
    busy, idle = (WebProcess.__new__(WebProcess) for _ in range(2))
    busy.take_place([])
    idle.take_place([busy.place])
    busy.nr_conns, idle.nr_conns = 5, 0
    busy.let_in = []
    monkeypatch.setattr(ThreadWorker, "accept", lambda self, _door: self.let_in.append(1))
    yield busy
    busy.leave_place()
    idle.leave_place()


def test_a_process_that_holds_more_steps_back_for_a_moment_and_never_for_good(
    busy: WebProcess, monkeypatch: pytest.MonkeyPatch
) -> None:
    clocks = [1000.0]
    monkeypatch.setattr(time, "monotonic", lambda: clocks[0])

    def comes(door: socket.socket, later: float) -> int:
        clocks[0] += later * COURTESY
        busy.accept(door)
        return len(busy.let_in)

    with socket.create_server(("127.0.0.1", 0)) as door:
        with socket.create_connection(door.getsockname()):
            assert [comes(door, later) for later in (0.0, 0.6, 0.6)] == [0, 0, 1]
            assert [comes(door, later) for later in (0.0, 0.6)] == [1, 1], "the next one waits too"
            door.accept()[0].close()
        assert comes(door, 0.3) == 1, "a sibling let them in"
        assert [comes(door, later) for later in (0.3, 0.3, 0.3)] == [1, 1, 1]
        busy.nr_conns = 0
        assert comes(door, 0.0) == 2


def test_a_place_is_taken_once_and_begins_empty() -> None:
    first, second, third = (WebProcess.__new__(WebProcess) for _ in range(3))
    first.take_place([])
    first.nr_conns = 7
    second.take_place([first.place])
    second.nr_conns = 3
    assert (first.place, first.nr_conns, second.place, second.nr_conns) == (0, 7, 1, 3)
    third.take_place([second.place])
    assert (third.place, third.nr_conns) == (0, 0)
    second.leave_place()
    third.leave_place()
