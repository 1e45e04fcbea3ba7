"""The application with a fresh database for each test, on SQLite and on PostgreSQL."""

from __future__ import annotations

import math
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings
from sqlalchemy import event

from intranet import create_app, duties, migrate
from intranet.app import serve_with
from intranet.core.db import Base, db
from intranet.decisions.reviews import worker as reviews
from intranet.membership.integration import worker as integration
from intranet.membership.mandates import worker as mandates
from intranet.notices.digests import worker as digests
from intranet.outbox import worker as outbox
from intranet.web.again import Again
from intranet.wiki import worker as wiki
from intranet.wiki.states import worker as states
from tests.cast import Cast, Client, arrive
from tests.environment import shared_folder
from tests.templates import COMPILED, share_templates

# A busy machine makes one generated case slow now and then: that is not a failure. The same cases
# are tried in each run, so that a failure can be seen again and nothing is kept between runs.
hypothesis_settings.register_profile(
    "intranet",
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=[HealthCheck.too_slow],
)
hypothesis_settings.load_profile("intranet")

pytest_plugins = ["tests.postgres", "tests.browser"]

EVERY = "--every-database"


def pytest_addoption(parser: pytest.Parser) -> None:
    """An option for a whole run before a release."""
    parser.addoption(EVERY, action="store_true", help="read the pages on PostgreSQL as well")


EARLY = ("test_doors.py", "test_real_sets.py", "test_wheel.py", "test_loader.py")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Read what pages say on SQLite alone: it is the same there. Commands, queries and races run on
    both databases, and `tests/flows` walks every page on PostgreSQL too.

    Files whose tests share what takes long to make come first: near the end of a run one process
    takes tests over from another, and would make it again.
    """
    items.sort(key=lambda item: item.path.name not in EARLY)
    if config.getoption(EVERY):
        return
    twice = [
        item
        for item in items
        if item.path.name.endswith("views.py") and item.get_closest_marker("postgres")
    ]
    left_out = {id(item) for item in twice}
    config.hook.pytest_deselected(items=twice)
    items[:] = [item for item in items if id(item) not in left_out]


NOW_AND_THEN = (
    *(room._looked for room in (digests, integration, mandates, reviews, states)),
    wiki._next_look,
)


@pytest.fixture(autouse=True)
def nothing_of_other_tests(monkeypatch: pytest.MonkeyPatch) -> None:
    """What the worker looks at every so many seconds waits until a test asks for it, and what
    failed in another test is not left alone in this one: neither the hour nor the order of the
    tests decides what happens in one of them."""
    for looked in NOW_AND_THEN:
        monkeypatch.setitem(looked, "at", math.inf)
    outbox._not_before["at"] = 0.0
    duties._not_before.clear()
    duties._ballots_not_before.clear()


@pytest.fixture(scope="session", autouse=True)
def compiled_templates(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Where the processes of this run find the templates that one of them compiled."""
    COMPILED.folder = shared_folder(tmp_path_factory, "templates")


SECRET = "a secret that is long enough for every test"


def hurry(connection: object, _record: object) -> None:
    """Do not wait for the disk: nothing of a test has to outlast a power cut."""
    if isinstance(connection, sqlite3.Connection):
        connection.execute("PRAGMA synchronous=OFF")


def build(instance: Path, url: str = "") -> Flask:
    """The application under test on an instance folder."""
    app = create_app(instance, {"testing": True, "secret_key": SECRET, "database_url": url})
    share_templates(app)
    with app.app_context():
        event.listen(db.engine, "connect", hurry)
    return app


def make_tables() -> None:
    """Every table, and the mark of a database that needs no migration."""
    Base.metadata.create_all(db.engine)
    known, parents = migrate.revisions(migrate.MIGRATIONS / "versions")
    with db.engine.begin() as connection:
        connection.exec_driver_sql("CREATE TABLE alembic_version (version_num VARCHAR(32))")
        for head in known - parents:
            connection.exec_driver_sql(f"INSERT INTO alembic_version VALUES ('{head}')")
    db.engine.dispose()


@pytest.fixture(scope="session")
def empty_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite file with every table and no row, copied for each test."""
    folder = tmp_path_factory.mktemp("template")
    app = build(folder)
    with app.app_context():
        make_tables()
    return folder / "intranet.db"


@pytest.fixture(scope="session")
def empty_postgres(postgres_url: str, tmp_path_factory: pytest.TempPathFactory) -> str:
    """A PostgreSQL database with every table, emptied before each test."""
    app = build(tmp_path_factory.mktemp("postgres"), postgres_url)
    with app.app_context():
        make_tables()
    return postgres_url


# Many times faster than TRUNCATE, which makes new files; as a replica, since records refuse a
# DELETE. The tables of a search index come and go with their backend.
EMPTY = """DO $$ DECLARE name text; BEGIN
SET LOCAL session_replication_role = replica;
FOREACH name IN ARRAY ARRAY[{tables}] LOOP EXECUTE format('DELETE FROM %%I', name); END LOOP;
FOR name IN SELECT sequencename FROM pg_sequences WHERE last_value IS NOT NULL
LOOP PERFORM setval(quote_ident(name)::regclass, 1, false); END LOOP;
END $$"""


def empty_tables() -> None:
    """Remove every row, and count from one again."""
    names = ", ".join(f"'{table.name}'" for table in Base.metadata.sorted_tables)
    with db.engine.begin() as connection:
        connection.exec_driver_sql(EMPTY.format(tables=names))


@dataclass(frozen=True)
class Shared:
    """One application for many tests: its parts are expensive, its data belong to one test."""

    app: Flask
    config: dict[str, Any]

    @contextmanager
    def for_a_test(self, database: Path | None) -> Iterator[Flask]:
        """The application as it was made, on an instance folder without anything of another test.

        `database` is the SQLite file to begin with; None for an application on PostgreSQL.
        """
        instance = Path(self.app.instance_path)
        shutil.rmtree(instance)
        instance.mkdir()
        if database:
            shutil.copy(database, instance / "intranet.db")
        self.app.config.clear()
        self.app.config.update(self.config)
        self.app.test_client_class = None
        serve_with(self.app)
        front = self.app.wsgi_app
        assert isinstance(front, Again)
        # Pages kept for one test are not handed out in another that has written as often.
        front.pages.clear()
        front.people.clear()
        with self.app.app_context():
            yield self.app
            db.session.remove()
            # A connection that lives on would write into the database of another test.
            assert db.engine.pool.checkedout() == 0
            # A server keeps its connections for the next test, where they know the tables already.
            if database:
                db.engine.dispose()


def share(instance: Path, url: str = "") -> Shared:
    """An application to share."""
    instance.mkdir()
    app = build(instance, url)
    return Shared(app, dict(app.config))


@pytest.fixture(scope="session")
def sqlite_application(tmp_path_factory: pytest.TempPathFactory) -> Shared:
    """The application on SQLite of this process."""
    return share(tmp_path_factory.mktemp("sqlite") / "instance")


@pytest.fixture(scope="session")
def postgres_application(
    empty_postgres: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Shared]:
    """The application on PostgreSQL of this process."""
    shared = share(tmp_path_factory.mktemp("postgres") / "instance", empty_postgres)
    yield shared
    with shared.app.app_context():
        db.engine.dispose()


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def app(request: pytest.FixtureRequest, empty_database: Path) -> Iterator[Flask]:
    """The application, with its context pushed, on an empty database of either kind."""
    shared: Shared = request.getfixturevalue(f"{request.param}_application")
    is_sqlite = request.param == "sqlite"
    with shared.for_a_test(empty_database if is_sqlite else None) as app:
        if not is_sqlite:
            empty_tables()
        yield app


@pytest.fixture
def cast(app: Flask) -> Cast:
    """The people who are always there, and noise nobody asked for."""
    return arrive()


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """Somebody who is not signed in."""
    app.test_client_class = Client
    return app.test_client()
