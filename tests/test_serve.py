"""One command serves web and worker, says plainly what hinders it, and ends them together."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from intranet.serve import CannotServe, check_port, ready_app

ROOT = Path(__file__).parent.parent
SERVE = "import sys; from intranet.cli import main; sys.argv[0] = 'intranet'; main()"


def free_port() -> int:
    """A port that nobody listens on at this moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Served:
    """A running server and what it says of itself."""

    def __init__(self, instance: Path) -> None:
        self.instance = instance
        self.port = free_port()
        self.process = subprocess.Popen(
            [sys.executable, "-c", SERVE, "serve", "--port", str(self.port)],
            cwd=ROOT,
            env={**os.environ, "INTRANET_INSTANCE": str(instance)},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )

    def health(self) -> dict[str, bool]:
        """What /healthz answers; nothing while no one answers."""
        address = f"http://127.0.0.1:{self.port}/healthz"
        try:
            with urllib.request.urlopen(address, timeout=5) as answer:
                return dict(json.load(answer))
        except urllib.error.HTTPError as answer:
            with answer:
                return dict(json.load(answer))
        except OSError:
            return {}

    def children(self) -> set[int]:
        """The processes that the server started."""
        listed = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text()
        return {int(pid) for pid in listed.split()}

    def stop(self, how: signal.Signals) -> str:
        """Everything the server printed, once it has ended."""
        self.process.send_signal(how)
        return self.process.communicate(timeout=30)[0]


def until(condition: Callable[[], bool], patience: float = 30) -> None:
    """Wait for something to become true, or fail."""
    deadline = time.monotonic() + patience
    while not condition():
        assert time.monotonic() < deadline, "it did not happen in time"
        time.sleep(0.05)


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
