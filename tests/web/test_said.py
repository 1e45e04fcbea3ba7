"""A message waits once, however often it was meant."""

from __future__ import annotations

from flask import Flask, flash, get_flashed_messages

from intranet.web import said


def _app() -> Flask:
    app = Flask("said")
    app.secret_key = "only for this test"
    said.install(app)

    @app.get("/twice")
    def twice() -> str:
        flash("Saved.", "success")
        flash("Sent.")
        flash("Saved.", "success")
        return ""

    @app.get("/shown")
    def shown() -> str:
        return "|".join(get_flashed_messages())

    return app


def test_a_message_meant_twice_is_said_once_and_in_its_order() -> None:
    visitor = _app().test_client()
    visitor.get("/twice")
    visitor.get("/twice")
    assert visitor.get("/shown").text == "Saved.|Sent."


def test_a_page_without_messages_gets_no_cookie() -> None:
    assert "Set-Cookie" not in _app().test_client().get("/shown").headers
