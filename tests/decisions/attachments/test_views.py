"""Files beside decisions: kept before the answer, for the readers of the decision, never run."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy.exc import DatabaseError

from intranet.audit.checks import checks
from intranet.core.actor import SYSTEM
from intranet.core.db import db
from intranet.core.transaction import reader
from intranet.files.models import Attachment
from tests.cast import Cast, Client, acting
from tests.decisions.register import entered

MEGABYTE = 1024 * 1024
PDF = b"%PDF-1.7\nsigned"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'


def fetched(browser: Client, path: str, **more: Any) -> Any:
    """An answer that is read to its end and closed, as a browser does."""
    return browser.get(path, buffered=True, **more)


def send(browser: Client, number: str, *files: tuple[str, bytes]) -> Any:
    sent = [(io.BytesIO(content), name) for name, content in files]
    fields = {"files": sent, "csrf_token": browser.token()}
    return browser.post(f"/decisions/{number}/files", data=fields)


@pytest.fixture
def number(cast: Cast) -> str:
    with acting(cast.amel) as tx:
        return entered(tx, cast, "Acheter un four").number


def folder(app: Flask) -> Path:
    return Path(app.instance_path) / "files"


def test_a_file_is_given_back_to_the_byte_and_never_run(client: Client, number: str) -> None:
    browser = client.sign_in("amel")
    answer = send(browser, number, ("PV signé.pdf", PDF), ("PV signé.pdf", SVG))
    assert answer.status_code == 303
    said = browser.get(f"/decisions/{number}").get_data(as_text=True)
    assert said.count("PV signé.pdf") == 2
    for one, content in ((1, PDF), (2, SVG)):
        got = fetched(browser, f"/decisions/{number}/files/{one}?show=1")
        assert got.data == content
        assert got.headers["Content-Disposition"].startswith("attachment;")
        assert "filename*=UTF-8''PV%20sign%C3%A9.pdf" in got.headers["Content-Disposition"]
        assert got.headers["X-Content-Type-Options"] == "nosniff"
        assert got.headers["Content-Security-Policy"].startswith("sandbox;")
        assert "svg" not in got.headers["Content-Type"]


def test_only_a_picture_is_shown_in_place(client: Client, number: str) -> None:
    browser = client.sign_in("amel")
    send(browser, number, ("four.png", b"\x89PNG\r\n\x1a\n..."))
    got = fetched(browser, f"/decisions/{number}/files/1?show=1")
    assert got.headers["Content-Disposition"].startswith("inline;")
    assert got.headers["Content-Security-Policy"].startswith("sandbox;")
    saved = fetched(browser, f"/decisions/{number}/files/1")
    assert saved.headers["Content-Disposition"].startswith("attachment;")


def test_rights_are_looked_at_each_time(client: Client, cast: Cast, number: str) -> None:
    browser = client.sign_in("amel")
    send(browser, number, ("PV.pdf", PDF))
    other = client.application.test_client()
    assert isinstance(other, Client)
    chloe = other.sign_in("chloe")
    path = f"/decisions/{number}/files/1"
    assert fetched(chloe, path).status_code == 200
    assert send(chloe, number, ("x.pdf", PDF)).status_code == 403
    browser.submit(f"/decisions/{number}/audience", audience="members")
    assert fetched(chloe, path).status_code == 404
    assert fetched(chloe, path, headers={"If-None-Match": "*"}).status_code == 404
    assert send(chloe, number, ("x.pdf", PDF)).status_code == 404
    with acting(cast.amel) as tx:
        second = entered(tx, cast, "Autre").number
    assert browser.get(f"/decisions/{second}/files/1").status_code == 404
    assert len(list(folder(client.application).iterdir())) == 1


def send_raw(browser: Client, number: str, size: int) -> Any:
    """A file of so many bytes, in a body made here: the test client would leave a file open."""
    parts = (
        b'--x\r\nContent-Disposition: form-data; name="csrf_token"\r\n\r\n',
        browser.token().encode(),
        b'\r\n--x\r\nContent-Disposition: form-data; name="files"; filename="x.bin"\r\n\r\n',
        b"x" * size,
        b"\r\n--x--\r\n",
    )
    kind = "multipart/form-data; boundary=x"
    return browser.post(f"/decisions/{number}/files", data=b"".join(parts), content_type=kind)


def test_what_is_too_large_is_refused_in_words_and_leaves_nothing(
    client: Client, number: str
) -> None:
    extensions = client.application.extensions
    extensions["settings"] = replace(extensions["settings"], max_file_megabytes=3)
    browser = client.sign_in("amel")
    answer = send_raw(browser, number, 3 * MEGABYTE + 100 * 1024)
    assert answer.status_code == 413
    assert re.search("3.m[eé]ga", answer.get_data(as_text=True))
    assert send_raw(browser, number, 3 * MEGABYTE + 1).status_code == 422
    assert send(browser, number).status_code == 422
    assert list(folder(client.application).iterdir()) == []
    tags = browser.post(f"/decisions/{number}/tags", data={"tags": "x" * (2 * MEGABYTE + 1)})
    assert tags.status_code == 413
    with acting(None) as tx:
        assert tx.session.query(Attachment).count() == 0
    assert send_raw(browser, number, 3 * MEGABYTE).status_code == 303


def test_the_audit_names_a_file_that_is_missing_or_altered(client: Client, number: str) -> None:
    send(client.sign_in("amel"), number, ("PV.pdf", PDF))
    (kept,) = folder(client.application).iterdir()

    def problems() -> list[str]:
        look = reader(SYSTEM)
        found = {one.name: list(one.problems) for one in checks(look)}
        look.session.rollback()
        return found["files are there, to the byte"]

    with client.application.app_context():
        assert problems() == []
        kept.write_bytes(PDF + b"!")
        assert problems() == [f"the file PV.pdf of decision {number} is altered ({kept.name})"]
        kept.unlink()
        assert problems() == [f"the file PV.pdf of decision {number} is missing ({kept.name})"]


def test_an_attachment_is_never_changed_nor_taken_away(client: Client, number: str) -> None:
    send(client.sign_in("amel"), number, ("PV.pdf", PDF))
    for statement in ("UPDATE attachment SET name = 'x'", "DELETE FROM attachment"):
        with pytest.raises(DatabaseError), acting(None) as tx:
            tx.session.execute(db.text(statement))
