"""The two servers of a run: the bare page and the product, alike in all but the application."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from abc import ABC, abstractmethod
from pathlib import Path
from random import Random
from typing import ClassVar
from urllib.parse import quote_plus

from benchmarks import bare
from benchmarks.client import Ask, Connection, Workload
from benchmarks.text import page_text, two_words
from intranet.serve import THREADS, WEB_PROCESSES

READERS = 8
WRITERS = 4
SAMPLE = 100
BATCH = 8


def free_port() -> int:
    """A port that nobody listens on at this moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Server(ABC):
    """A server on a folder of its own, holding so many pages."""

    name: ClassVar[str]

    def __init__(self, folder: Path, pages: int) -> None:
        self.folder = folder
        self.pages = pages
        self.port = free_port()
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> float:
        """Start, wait for the first healthy answer and give the seconds it took."""
        began = time.perf_counter()
        # A server that compiles its modules at each start is no server that people run.
        kept = {"PYTHONDONTWRITEBYTECODE": ""}
        self.process = subprocess.Popen(
            self.command(),
            env={**os.environ, **kept, **self.settings()},
            stdout=subprocess.DEVNULL,
        )
        while not self.is_well():
            if self.process.poll() is not None or time.perf_counter() - began > 60:
                raise RuntimeError(f"the server did not start: {' '.join(self.command())}")
            time.sleep(0.01)
        return time.perf_counter() - began

    def stop(self) -> None:
        """Stop and wait for the end."""
        if self.process:
            self.process.send_signal(signal.SIGTERM)
            self.process.wait(timeout=60)

    def is_well(self) -> bool:
        """Whether /healthz answers 200."""
        connection = Connection(self.port)
        try:
            return connection.send(Ask("GET", "/healthz")).status == 200
        except OSError:
            return False
        finally:
            connection.close()

    def memory(self) -> float:
        """Proportional memory of all its processes, in MB: what they share is counted once."""
        assert self.process is not None
        return sum(map(_proportional_kb, _family(self.process.pid))) / 1024

    def visitors(self, count: int) -> list[Connection]:
        """So many connections of somebody signed in."""
        first = Connection(self.port)
        self.sign_in(first)
        first.close()
        return [
            Connection(self.port, first.cookie, Random(number), number=number)
            for number in range(count)
        ]

    def spread(self) -> range:
        """The numbers of as many pages at every size, spread over all of them."""
        return range(0, self.pages, max(1, self.pages // SAMPLE))[:SAMPLE]

    def page(self, connection: Connection) -> int:
        """The number of one of those pages."""
        return connection.chance.choice(self.spread())

    def own_page(self, connection: Connection) -> int:
        """The number of the next page that no other visitor of this load asks for."""
        connection.turns += 1
        turn = connection.turns * WRITERS + connection.number
        return self.spread()[turn % len(self.spread())]

    def read(self, connection: Connection) -> Ask:
        """Read a page, signed in."""
        return Ask("GET", f"/wiki/page-{self.page(connection)}")

    def every_read(self) -> tuple[Ask, ...]:
        """A read of each of the pages that are read."""
        return tuple(Ask("GET", f"/wiki/page-{number}") for number in self.spread())

    def read_after_write(self, connection: Connection) -> Ask:
        """Read a page of which nothing can be remembered: something was just written."""
        connection.send(self.write(connection))
        return self.read(connection)

    def search(self, connection: Connection) -> Ask:
        """Search two words."""
        return Ask("GET", f"/search?q={quote_plus(two_words(connection.chance))}")

    @abstractmethod
    def write(self, connection: Connection) -> Ask:
        """Write something."""

    @abstractmethod
    def vote(self, connection: Connection) -> Ask:
        """Cast a ballot."""

    @abstractmethod
    def fill(self) -> None:
        """Write the pages, before the first start."""

    @abstractmethod
    def command(self) -> list[str]:
        """The command line."""

    @abstractmethod
    def settings(self) -> dict[str, str]:
        """The environment variables."""

    @abstractmethod
    def sign_in(self, connection: Connection) -> None:
        """Give this connection the cookie of somebody signed in."""

    def workloads(self) -> dict[str, Workload]:
        """By name: what is asked of this server, and of the one it is compared with."""
        return {
            "read": Workload(self.read, READERS, BATCH, self.every_read()),
            "read, after a write": Workload(self.read_after_write, 1),
            "search": Workload(self.search, READERS, BATCH),
            "save": Workload(self.write, 1, BATCH),
            "save, 4 at once": Workload(self.write, WRITERS, BATCH),
            "vote": Workload(self.vote, WRITERS, BATCH),
        }


class Bare(Server):
    """The bare Flask page, under the product's own server settings."""

    name = "bare"

    def fill(self) -> None:
        """Write the pages."""
        self.folder.mkdir(parents=True)
        bare.fill(self.folder / "bare.db", self.pages)

    def command(self) -> list[str]:
        """Gunicorn, with as many processes and threads as the product."""
        size = ["--workers", str(WEB_PROCESSES), "--threads", str(THREADS)]
        quiet = ["--log-level", "warning", "--no-control-socket"]
        bind = ["--bind", f"127.0.0.1:{self.port}", "--keep-alive", "15", "--preload"]
        return [
            sys.executable,
            "-m",
            "gunicorn",
            *size,
            *bind,
            *quiet,
            "benchmarks.bare:create_app()",
        ]

    def settings(self) -> dict[str, str]:
        """Where its database is."""
        return {"BARE_DATABASE": str(self.folder / "bare.db")}

    def sign_in(self, connection: Connection) -> None:
        """Ask for a session."""
        connection.send(Ask("POST", "/sign-in", {}, (302,)))

    def write(self, connection: Connection) -> Ask:
        """Save a text of the size of a page."""
        body = f"{page_text(self.own_page(connection))}\n\n{connection.chance.random()}"
        return Ask("POST", "/save", {"body": body}, (302,))

    def vote(self, connection: Connection) -> Ask:
        """Write one durable row."""
        choice = connection.chance.choice(("for", "against", "abstain"))
        return Ask("POST", "/vote", {"option": choice}, (302,))


class BareOnGranian(Bare):
    """The bare page on granian, a server written in Rust, with as many processes and threads."""

    name = "bare on granian"

    def command(self) -> list[str]:
        """Granian's command line; it is no dependency of the product."""
        size = ["--workers", str(WEB_PROCESSES), "--blocking-threads", str(THREADS)]
        where = ["--host", "127.0.0.1", "--port", str(self.port), "--no-access-log"]
        # It waits without end for visitors who keep their connection.
        stop = ["--workers-kill-timeout", "2s"]
        given = ["--interface", "wsgi", "--factory", "benchmarks.bare:create_app"]
        return [sys.executable, "-m", "granian", *size, *where, *stop, *given]


def _family(pid: int) -> list[int]:
    """A process and all its descendants."""
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return [pid, *(member for child in children for member in _family(int(child)))]


def _proportional_kb(pid: int) -> int:
    for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
        if line.startswith("Pss:"):
            return int(line.split()[1])
    return 0
