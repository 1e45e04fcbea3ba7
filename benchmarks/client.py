"""A small load generator: keep-alive connections that ask, wait for the answer, and ask again.

It speaks just enough HTTP to cost little beside the server it shares the machine with.
"""

from __future__ import annotations

import random
import socket
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from urllib.parse import urlencode

Make = Callable[["Connection"], "Ask"]


@dataclass(frozen=True)
class Ask:
    """One request and the status it must get."""

    method: str
    path: str
    form: dict[str, str] | None = None
    expected: tuple[int, ...] = (200,)


@dataclass(frozen=True)
class Workload:
    """What is asked, by how many visitors at once, and how many requests each prepares before
    all of them send theirs: preparing may ask the server itself, and is not part of the time.
    `known` is asked once by each visitor before anything is timed."""

    make: Make
    visitors: int
    prepared: int = 1
    known: tuple[Ask, ...] = ()


@dataclass(frozen=True)
class Answer:
    """Status, headers in lower case, and text of a response."""

    status: int
    headers: str
    body: bytes

    @property
    def text(self) -> str:
        """The body as text."""
        return self.body.decode("utf-8", "replace")


@dataclass
class Connection:
    """One visitor with a cookie, on one TCP connection that is kept open."""

    port: int
    cookie: str = ""
    chance: random.Random = field(default_factory=lambda: random.Random(1))
    link: socket.socket | None = None
    number: int = 0
    turns: int = 0
    form: dict[str, str] = field(default_factory=dict)

    def send(self, ask: Ask) -> Answer:
        """Ask and read the whole answer; a connection closed meanwhile is opened again, once."""
        try:
            return self._send(ask)
        except (ConnectionError, OSError):
            self.close()
            return self._send(ask)

    def close(self) -> None:
        """Close the connection; the next request opens another."""
        if self.link:
            self.link.close()
        self.link = None

    def _send(self, ask: Ask) -> Answer:
        if self.link is None:
            self.link = socket.create_connection(("127.0.0.1", self.port), timeout=60)
            self.link.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        body = urlencode(ask.form).encode() if ask.form is not None else b""
        lines = [f"{ask.method} {ask.path} HTTP/1.1", f"Host: 127.0.0.1:{self.port}"]
        if self.cookie:
            lines.append(f"Cookie: {self.cookie}")
        if ask.form is not None:
            lines.append("Content-Type: application/x-www-form-urlencoded")
            lines.append(f"Content-Length: {len(body)}")
        self.link.sendall("\r\n".join([*lines, "", ""]).encode() + body)
        return self._receive(self.link)

    def _receive(self, source: socket.socket) -> Answer:
        data = b""
        while b"\r\n\r\n" not in data:
            data += self._more(source)
        head, _, body = data.partition(b"\r\n\r\n")
        headers = head.decode("latin-1")
        length = int(_header(headers, "content-length") or 0)
        parts = [body]
        missing = length - len(body)
        while missing > 0:
            parts.append(self._more(source))
            missing -= len(parts[-1])
        for line in headers.split("\r\n"):
            if line.lower().startswith("set-cookie:"):
                self._keep(line.split(":", 1)[1].split(";")[0].strip())
        if _header(headers, "connection") == "close":
            self.close()
        return Answer(int(headers[9:12]), headers, b"".join(parts))

    def _more(self, source: socket.socket) -> bytes:
        data = source.recv(262144)
        if not data:
            raise ConnectionError("the server closed the connection")
        return data

    def _keep(self, pair: str) -> None:
        name = pair.split("=")[0]
        others = [kept for kept in self.cookie.split("; ") if kept and kept.split("=")[0] != name]
        self.cookie = "; ".join([*others, pair])


def _header(headers: str, name: str) -> str:
    for line in headers.split("\r\n"):
        key, _, value = line.partition(":")
        if key.lower() == name:
            return value.strip().lower()
    return ""


@dataclass
class Measure:
    """Latencies in seconds, and answers that were not the expected ones."""

    clients: int
    latencies: list[float] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    @property
    def rate(self) -> float:
        """Requests a second: what this many clients reach when they only wait for answers."""
        return self.clients * len(self.latencies) / sum(self.latencies) if self.latencies else 0.0

    def percentile(self, share: float) -> float:
        """The latency, in milliseconds, that this share of the requests stays under."""
        ordered = sorted(self.latencies)
        return 1000 * ordered[min(len(ordered) - 1, int(share * len(ordered)))] if ordered else 0.0


def load(connections: list[Connection], work: Workload, seconds: float) -> Measure:
    """Have every connection make requests for so long. While some are timed nobody prepares."""
    measure = Measure(len(connections))
    end = time.perf_counter() + seconds
    over = threading.Event()
    together = threading.Barrier(
        len(connections), lambda: over.set() if time.perf_counter() > end else None
    )

    def run(connection: Connection) -> None:
        for ask in work.known:
            connection.send(ask)
        times: list[float] = []
        wrong: list[str] = []
        while not over.is_set():
            asks = [work.make(connection) for _ in range(work.prepared)]
            together.wait()
            for ask in asks:
                began = time.perf_counter()
                answer = connection.send(ask)
                times.append(time.perf_counter() - began)
                if answer.status not in ask.expected:
                    wrong.append(f"{ask.method} {ask.path}: {answer.status}")
            together.wait()
        measure.latencies.extend(times)
        measure.errors.extend(wrong)

    threads = [threading.Thread(target=run, args=(each,)) for each in connections]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return measure
