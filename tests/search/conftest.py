"""The product over each kind of index."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest
from flask import Flask

from intranet.core.actor import SYSTEM
from intranet.core.db import db
from intranet.core.transaction import reader
from intranet.search import index, indexer
from tests.cast import Cast, Client

INSIDE = {"sqlite": "fts5", "postgresql": "postgres"}


@pytest.fixture(params=["beside", "inside"])
def site(request: pytest.FixtureRequest, app: Flask, cast: Cast) -> Iterator[Flask]:
    """The product with its index in a folder beside the database, or inside it."""
    name = "whoosh" if request.param == "beside" else INSIDE[db.engine.dialect.name]
    settings = SimpleNamespace(instance_path=Path(app.instance_path))
    index.use(name, settings, db.engine)
    indexer.rebuild(reader(SYSTEM))
    app.test_client_class = Client
    yield app
    index.use("whoosh", settings, db.engine)
