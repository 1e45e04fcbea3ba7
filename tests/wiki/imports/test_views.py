"""Importing in a browser: an archive is looked at, read, confirmed and carried out."""

from __future__ import annotations

import io
import re

import pytest
from flask import Flask

from intranet.wiki.imports import parcels
from intranet.wiki.imports.worker import import_confirmed
from intranet.wiki.models import Page
from tests.cast import Cast, Client, acting
from tests.polls.test_views import in_english
from tests.wiki.imports.test_forms import VAULT, packed
from tests.wiki.writing import read


def send(client: Client, content: io.BytesIO, name: str = "Coffre.zip", **fields: str) -> str:
    """Send an archive; gives the address of its page."""
    content.seek(0)
    given = {"archive": (content, name), "form": "auto", "audience": "workers", **fields}
    answer = client.submit("/wiki/imports", **given)
    assert answer.status_code == 303, answer.get_data(as_text=True)
    return str(answer.location)


def waiting() -> int:
    assert parcels.ParcelFolder.path is not None
    return len(list(parcels.ParcelFolder.path.iterdir()))


def test_i1_one_reads_what_would_happen_before_anything_is_written(
    app: Flask, client: Client, cast: Cast
) -> None:
    browser = client.sign_in("amel")
    place = send(browser, packed({**VAULT, "Coffre/vide.md": ""}))
    said = browser.get(place).get_data(as_text=True)
    assert "Coffre/vide.md" in said
    assert "Accueil" in said
    with acting(None) as tx:
        assert tx.session.query(Page).count() == 0
    assert waiting() == 1
    assert client.submit(f"{place}/confirmation").status_code == 303
    assert client.submit(f"{place}/confirmation").status_code == 303
    assert import_confirmed() == 1
    assert import_confirmed() == 0
    assert waiting() == 0
    page = read(cast.amel, "accueil")
    assert page.author == "Amel Benali"
    assert "/wiki/files/1/" in page.html
    again = send(browser, packed(VAULT))
    assert f"{again}/confirmation" not in browser.get(again).get_data(as_text=True)


def test_the_form_says_beforehand_whether_documents_are_read(
    client: Client, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    browser = in_english(client, "amel")
    for found, words in (
        (None, "pandoc, which reads them, is not installed"),
        ("/p", "become pages too."),
    ):
        monkeypatch.setattr("shutil.which", lambda _name, found=found: found)
        assert words in browser.get("/wiki/imports").get_data(as_text=True)


def test_what_was_given_up_is_thrown_away_and_others_never_see_it(
    app: Flask, client: Client, cast: Cast
) -> None:
    place = send(client.sign_in("amel"), packed(VAULT))
    other = app.test_client()
    other.sign_in("bruno")  # type: ignore[attr-defined]
    assert other.get(place).status_code == 404
    assert other.submit(f"{place}/confirmation").status_code == 404  # type: ignore[attr-defined]
    client.submit(f"{place}/refusal")
    assert waiting() == 0
    client.submit(f"{place}/confirmation")
    assert import_confirmed() == 0


def test_an_import_that_stops_says_why(app: Flask, client: Client, cast: Cast) -> None:
    place = send(client.sign_in("amel"), packed(VAULT))
    for path in parcels.ParcelFolder.path.iterdir():  # type: ignore[union-attr]
        path.unlink()
    client.submit(f"{place}/confirmation")
    assert import_confirmed() == 1
    assert "FileNotFoundError" in client.get(place).get_data(as_text=True)


def test_what_is_no_archive_comes_back_with_the_form(
    app: Flask, client: Client, cast: Cast
) -> None:
    browser = client.sign_in("amel")
    for content, form in ((io.BytesIO(b"x"), "auto"), (packed({"a.png": "x"}), "auto")):
        content.seek(0)
        fields = {"archive": (content, "a.zip"), "form": form, "audience": "members"}
        answer = browser.submit("/wiki/imports", **fields)
        assert answer.status_code == 422
        assert re.search(r'<option value="members" selected', answer.get_data(as_text=True))
    assert waiting() == 0


def test_sympathisers_import_nothing(app: Flask, client: Client, cast: Cast) -> None:
    assert client.sign_in("farid").get("/wiki/imports").status_code == 403
    browser = client.sign_in("chloe")
    fields = {"archive": (packed(VAULT), "a.zip"), "form": "auto", "audience": "members"}
    assert browser.submit("/wiki/imports", **fields).status_code == 403
