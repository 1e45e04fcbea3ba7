"""The application on a fresh database for each test, on SQLite and on PostgreSQL."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import settings as hypothesis_settings

from intranet import create_app
from intranet.core.db import Base, db
from tests.cast import Cast, Client, arrive

# A busy machine makes one generated case slow now and then: that is not a failure.
hypothesis_settings.register_profile("intranet", deadline=None)
hypothesis_settings.load_profile("intranet")

pytest_plugins = ["tests.postgres", "tests.browser"]

SECRET = "a secret that is long enough for every test"


def build(instance: Path, url: str = "") -> Flask:
    """The application under test on an instance folder."""
    return create_app(instance, {"testing": True, "secret_key": SECRET, "database_url": url})


@pytest.fixture(scope="session")
def empty_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite file with every table and no row, copied for each test."""
    folder = tmp_path_factory.mktemp("template")
    app = build(folder)
    with app.app_context():
        Base.metadata.create_all(db.engine)
        db.engine.dispose()
    return folder / "intranet.db"


@pytest.fixture
def app(tmp_path: Path, empty_database: Path) -> Iterator[Flask]:
    """The application, with its context pushed, on an empty database."""
    instance = tmp_path / "instance"
    instance.mkdir()
    shutil.copy(empty_database, instance / "intranet.db")
    app = build(instance)
    with app.app_context():
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
