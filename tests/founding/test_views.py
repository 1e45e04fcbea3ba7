"""The first visit."""

from __future__ import annotations

from pathlib import Path

from flask import Flask
from flask.testing import FlaskClient

from intranet.auth import setup
from tests.cast import Cast

ANSWERS = {
    "name": "Rabots & Rayons",
    "locale": "fr",
    "person": "Amel Benali",
    "email": "amel@example.org",
    "password": "tilleul rabot rayon",
    "start": "empty",
}


def send(client: FlaskClient, link: str, **fields: str) -> object:
    page = client.get(link).get_data(as_text=True)
    token = page.split('name="csrf_token" value="')[1].split('"')[0]
    return client.post(link, data={**ANSWERS, **fields, "csrf_token": token})


def test_from_the_link_to_the_first_page(app: Flask, client: FlaskClient) -> None:
    link = setup.setup_link(app)
    assert link is not None
    assert client.get("/").headers["Location"].endswith("/waiting")
    answer = send(client, link)
    assert answer.status_code == 303  # type: ignore[attr-defined]
    client.submit("/sign-in", email="amel@example.org", password="tilleul rabot rayon")
    assert client.get("/administration").status_code == 200
    assert client.get(link).status_code == 404
    assert not (Path(app.instance_path) / setup.FILE).exists()


def test_a_wrong_link_leads_to_the_console(app: Flask, client: FlaskClient) -> None:
    assert client.get("/setup/guess").status_code == 404
    setup.setup_link(app)
    assert client.get("/setup/guess").status_code == 404


def test_a_forgotten_token_file_opens_nothing_once_set_up(
    app: Flask, client: FlaskClient, cast: Cast
) -> None:
    (Path(app.instance_path) / setup.FILE).write_text("leftover")
    assert client.get("/setup/leftover").status_code == 404


def test_wrong_answers_are_kept_except_the_password(app: Flask, client: FlaskClient) -> None:
    link = setup.setup_link(app)
    assert link is not None
    answer = send(client, link, email="amel", password="my-secret-one")
    page = answer.get_data(as_text=True)  # type: ignore[attr-defined]
    assert answer.status_code == 422  # type: ignore[attr-defined]
    assert "Rabots &amp; Rayons" in page
    assert "my-secret-one" not in page
