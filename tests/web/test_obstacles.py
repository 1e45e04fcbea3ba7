"""D4: a machine that cannot write says so, gives back what was typed, and lets people read."""

from __future__ import annotations

import errno
import sqlite3
from io import BytesIO
from pathlib import Path
from typing import NoReturn

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.exc import OperationalError

from intranet.auth.models import SignIn
from intranet.core import stored_files, transaction, turns
from intranet.core.db import db
from intranet.core.obstacles import NoRoom, TooBusy, obstacle
from tests.cast import Cast
from tests.wiki.writing import write

TYPED = "Ce que j’ai tapé pendant une heure, et que personne ne doit me faire écrire deux fois."


def said(message: str) -> OperationalError:
    return OperationalError("INSERT", None, sqlite3.OperationalError(message))


def no_room(*_given: object, **_named: object) -> NoReturn:
    raise OSError(errno.ENOSPC, "No space left on device")


def save(client: FlaskClient, title: str = "Atelier") -> tuple[int, str]:
    fields = {"title": title, "text": TYPED, "audience": "workers"}
    answer = client.submit("/wiki/", **fields)  # type: ignore[attr-defined]
    return answer.status_code, answer.get_data(as_text=True)


def test_d4_waiting_too_long_gives_the_text_back(
    client: FlaskClient, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    client.sign_in("amel")  # type: ignore[attr-defined]
    monkeypatch.setattr(turns, "PATIENCE", 0.1)
    with turns._threads:
        status, page = save(client)
    assert (status, TYPED in page) == (503, True)
    assert save(client)[0] == 303


def test_d4_whoever_only_reads_waits_for_no_writer(
    client: FlaskClient, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(cast.amel, "Atelier", "Les clefs.")
    client.sign_in("amel")  # type: ignore[attr-defined]
    db.session.query(SignIn).update({"last_seen_on": None})
    db.session.commit()
    monkeypatch.setattr(turns, "PATIENCE", 0.1)
    with turns._threads:
        assert client.get("/wiki/atelier").status_code == 200


@pytest.mark.parametrize(
    ("message", "status"),
    [
        ("database or disk is full", 507),
        ("could not extend file: No space left on device", 507),
        ("database is locked", 503),
        ("no such table: page", 500),
    ],
)
def test_d4_what_the_database_says_is_told_apart(
    client: FlaskClient,
    cast: Cast,
    monkeypatch: pytest.MonkeyPatch,
    message: str,
    status: int,
) -> None:
    client.sign_in("amel")  # type: ignore[attr-defined]

    def fails(*_given: object) -> NoReturn:
        raise said(message)

    monkeypatch.setattr(transaction, "write_events", fails)
    answered, page = save(client)
    assert (answered, TYPED in page) == (status, True)
    monkeypatch.undo()
    assert save(client)[0] == 303


def test_d2_a_file_for_which_there_is_no_room_is_not_acknowledged(
    app: Flask, client: FlaskClient, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(cast.amel, "Atelier", "Les clefs.")
    client.sign_in("amel")  # type: ignore[attr-defined]
    token = client.token()  # type: ignore[attr-defined]
    with monkeypatch.context() as full:
        full.setattr(stored_files.os, "fsync", no_room)
        sent = {"csrf_token": token, "file": (BytesIO(b"plan"), "plan.txt")}
        answer = client.post("/wiki/atelier/files", data=sent)
    assert answer.status_code == 507
    assert list((Path(app.instance_path) / "files").iterdir()) == []
    assert "plan.txt" not in client.get("/wiki/atelier/files").get_data(as_text=True)


def test_other_errors_are_no_obstacles() -> None:
    assert isinstance(obstacle(OSError(errno.EDQUOT, "quota")), NoRoom)
    assert isinstance(obstacle(said("database table is locked")), TooBusy)
    assert obstacle(FileNotFoundError("x")) is None
    assert obstacle(ValueError("database is locked")) is None
