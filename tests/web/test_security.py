"""What every answer carries, and what no browser and no log keeps."""

from __future__ import annotations

import logging
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from intranet.app import create_app, serve_with
from intranet.auth.invitations import queries as invitations
from intranet.core.db import db
from tests.cast import Cast
from tests.conftest import SECRET

CARRIED = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
}


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/sign-in", 200),
        ("GET", "/", 302),
        ("GET", "/nowhere", 404),
        ("GET", "/healthz", 503),
        ("GET", "/static/css/main.css", 200),
        ("POST", "/sign-in", 400),
        ("DELETE", "/sign-in", 405),
        ("GET", "/feeds/x/news.atom", 404),
    ],
)
def test_x2_every_answer_carries_the_policy(
    client: FlaskClient, cast: Cast, method: str, path: str, status: int
) -> None:
    answer = client.open(path, method=method)
    assert answer.status_code == status
    policy = answer.headers["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert {name: answer.headers[name] for name in CARRIED} == CARRIED


def test_s1_over_https_the_cookie_is_bound_to_this_host(app: Flask, tmp_path: Path) -> None:
    settings = {"https": True, "secret_key": SECRET, "testing": True}
    database = app.config["SQLALCHEMY_DATABASE_URI"]
    closed = create_app(tmp_path / "https", {**settings, "database_url": database})
    try:
        with closed.app_context():
            answer = closed.test_client().get("/sign-in", base_url="https://intranet.example")
            db.session.remove()
            db.engine.dispose()
    finally:
        serve_with(app)
    name, *rest = answer.headers["Set-Cookie"].split("; ")
    assert name.startswith("__Host-session=")
    assert set(rest) == {"Secure", "HttpOnly", "Path=/", "SameSite=Lax"}
    assert answer.headers["Strict-Transport-Security"] == "max-age=31536000"


def test_l2_another_host_is_refused_once_hosts_are_named(
    app: Flask, client: FlaskClient, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(app.config, "TRUSTED_HOSTS", ["intranet.example"])
    assert client.get("/sign-in", base_url="http://intranet.example").status_code == 200
    assert client.get("/sign-in", base_url="http://evil.example").status_code == 400


@pytest.mark.parametrize("path", ["/password/x", "/invitations/x", "/shared/x", "/stop-mail/x"])
def test_s3_nothing_keeps_a_page_that_an_address_opens(
    client: FlaskClient, cast: Cast, path: str
) -> None:
    assert "no-store" in client.get(path).headers["Cache-Control"]


def test_s3_no_secret_of_an_address_is_in_the_log(
    app: Flask,
    client: FlaskClient,
    cast: Cast,
    caplog: pytest.LogCaptureFixture,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def fails(*_given: object) -> None:
        raise OSError(5, "the disk does not answer")

    monkeypatch.setattr(invitations, "behind_link", fails)
    monkeypatch.setattr("intranet.search.saved.queries.behind_address", fails)
    with caplog.at_level(logging.INFO):
        for path in ("/invitations/secret-1", "/search/feeds/3-secret-2.atom"):
            assert client.get(path).status_code == 500
    said = [record.getMessage() for record in caplog.records if record.name == "intranet"]
    assert len(said) == 2
    assert not any("secret" in line for line in said)


def test_s1_signing_out_takes_the_pages_out_of_the_browser(client: FlaskClient, cast: Cast) -> None:
    client.sign_in("amel")  # type: ignore[attr-defined]
    answer = client.submit("/sign-out")  # type: ignore[attr-defined]
    assert answer.headers["Clear-Site-Data"] == '"cache"'
