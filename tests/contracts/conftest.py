"""The search backends under contract."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules

import pytest
from sqlalchemy import Engine, create_engine

from intranet.core.db import prepare
from intranet.search import backends
from intranet.search.port import SearchBackend
from tests.postgres import Server

NAMES = sorted(m.name for m in iter_modules(backends.__path__) if not m.name.startswith("_"))
BACKENDS = [pytest.param(n, marks=pytest.mark.postgres) if n == "postgres" else n for n in NAMES]


@dataclass(frozen=True)
class Instance:
    """The part of the settings that a backend reads."""

    instance_path: Path


@pytest.fixture(scope="session")
def search_postgres_engine(postgres_server: Server) -> Iterator[Engine]:
    """A database of the run's server for the indexes under contract."""
    engine = create_engine(postgres_server.create("search"))
    yield engine
    engine.dispose()


@pytest.fixture(params=BACKENDS)
def open_backend(
    request: pytest.FixtureRequest, tmp_path: Path
) -> Iterator[Callable[[], SearchBackend]]:
    """Opens the same index again and again, as several processes would; at first there is none."""
    name = request.param
    engine = create_engine("sqlite://")
    if name == "postgres":
        engine = request.getfixturevalue("search_postgres_engine")
        with engine.begin() as connection:
            connection.exec_driver_sql(
                "DROP TABLE IF EXISTS search_document, search_word, search_stamp"
            )
    if name == "fts5":
        engine = create_engine(f"sqlite:///{tmp_path / 'records.db'}")
        prepare(engine)
    module = import_module(f"intranet.search.backends.{name}")
    yield lambda: module.create(Instance(tmp_path), engine)
    if name == "fts5":
        engine.dispose()


@pytest.fixture
def backend(open_backend: Callable[[], SearchBackend]) -> SearchBackend:
    """An index that exists and is empty."""
    opened = open_backend()
    opened.replace_all([])
    return opened
