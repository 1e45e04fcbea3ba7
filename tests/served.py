"""The product as its users start it: web and worker in processes of their own."""

from __future__ import annotations

import json
import os
import re
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from contextlib import suppress
from http.cookiejar import CookieJar
from pathlib import Path
from urllib.parse import urlencode

from flask import Flask

from intranet import create_app
from tests.cast import PASSWORD

ROOT = Path(__file__).parent.parent
SERVE = "import sys; from intranet.cli import main; sys.argv[0] = 'intranet'; main()"


def free_port() -> int:
    """A port that nobody listens on at this moment.

    It lies below those that systems give to connections going out, so that none of these takes it
    before a server does.
    """
    while True:
        port = 15_000 + secrets.randbelow(17_000)
        with socket.socket() as probe, suppress(OSError):
            probe.bind(("127.0.0.1", port))
            return port


def ready_instance(instance: Path, empty_database: Path) -> Flask:
    """The product as it is served, on a new folder whose tables are there and empty.

    What the migrations make of nothing is the same, and asked in tests/test_migrate.py.
    """
    instance.mkdir(exist_ok=True)
    shutil.copy(empty_database, instance / "intranet.db")
    return create_app(instance)


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
        return self.process.communicate(timeout=60)[0]


def until(condition: Callable[[], bool], patience: float = 120) -> None:
    """Wait for something to become true, or fail after so many seconds."""
    deadline = time.monotonic() + patience
    while not condition():
        assert time.monotonic() < deadline, "it did not happen in time"
        time.sleep(0.05)


class Browser:
    """A person at a browser without JavaScript, signed in."""

    def __init__(self, address: str, email: str) -> None:
        self.address = address
        self._cookies = urllib.request.HTTPCookieProcessor(CookieJar())
        self._opener = urllib.request.build_opener(self._cookies)
        self.submit("/sign-in", "/sign-in", email=email, password=PASSWORD)

    def get(self, path: str, data: bytes | None = None) -> str:
        """The page at a path, after its redirections."""
        with self._opener.open(self.address + path, data, timeout=60) as answer:
            return str(answer.read().decode())

    def submit(self, form: str, path: str, **fields: str) -> str:
        """Fill in the form of one page and send it to a path."""
        token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', self.get(form))
        assert token, form
        return self.get(path, urlencode({**fields, "csrf_token": token[1]}).encode())
