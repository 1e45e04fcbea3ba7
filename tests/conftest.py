"""The application on a fresh database for each test, on SQLite and on PostgreSQL."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import settings as hypothesis_settings
from sqlalchemy import event

from intranet import create_app, migrate
from intranet.core.db import Base, db
from tests.cast import Cast, Client, arrive
from tests.templates import share_templates

# A busy machine makes one generated case slow now and then: that is not a failure.
hypothesis_settings.register_profile("intranet", deadline=None)
hypothesis_settings.load_profile("intranet")

pytest_plugins = ["tests.postgres", "tests.browser"]

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


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def app(request: pytest.FixtureRequest, tmp_path: Path, empty_database: Path) -> Iterator[Flask]:
    """The application, with its context pushed, on an empty database of either kind."""
    instance = tmp_path / "instance"
    instance.mkdir()
    if request.param == "sqlite":
        shutil.copy(empty_database, instance / "intranet.db")
        app = build(instance)
    else:
        app = build(instance, request.getfixturevalue("empty_postgres"))
    with app.app_context():
        if request.param == "postgres":
            empty_tables()
        yield app
        db.session.remove()
        db.engine.dispose()


@pytest.fixture
def cast(app: Flask) -> Cast:
    """The people who are always there, and noise nobody asked for."""
    return arrive()


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """Somebody who is not signed in."""
    app.test_client_class = Client
    return app.test_client()
