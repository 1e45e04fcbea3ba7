"""The measure: the least that a Flask application can do for the same requests.

Sign-in kept in the session by Flask-Login, one SELECT by key on SQLite in WAL mode, one layout of
about 10 KB. A search is SQLite's own full text, the best 20 with snippets, in that layout. A save
or a vote is one durable write of one row.
"""

from __future__ import annotations

import os
import sqlite3
import threading
from pathlib import Path

from flask import Flask, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_login import LoginManager, login_required, login_user
from jinja2 import DictLoader

from benchmarks.text import page_text

MENU = "".join(
    f'<li><a href="/wiki/page-{n}">Chapitre {n} du règlement</a></li>' for n in range(85)
)
LAYOUT = f"""<!doctype html><html lang="fr"><head><meta charset="utf-8">
<title>{{{{ title }}}}</title></head><body><nav><ul>{MENU}</ul></nav><main><h1>{{{{ title }}}}</h1>
<div>{{{{ body|safe }}}}</div></main></body></html>"""


class Person:
    """Somebody signed in, as Flask-Login wants to see them."""

    is_active = is_authenticated = True
    is_anonymous = False

    def get_id(self) -> str:
        """The only person there is."""
        return "1"


def fill(path: Path, pages: int) -> None:
    """Write a database of so many pages."""
    with sqlite3.connect(path) as database:
        database.execute("PRAGMA journal_mode=WAL")
        database.execute("CREATE TABLE page (slug TEXT PRIMARY KEY, title TEXT, body TEXT)")
        database.execute("CREATE TABLE saved (id INTEGER PRIMARY KEY, body TEXT)")
        database.execute("CREATE VIRTUAL TABLE words USING fts5(title, body)")
        for number in range(pages):
            title, body = f"Page {number}", page_text(number)
            database.execute("INSERT INTO page VALUES (?, ?, ?)", (f"page-{number}", title, body))
            database.execute("INSERT INTO words VALUES (?, ?)", (title, body))
    database.close()


def create_app() -> Flask:
    """The bare application on the database that BARE_DATABASE names."""
    app = Flask("bare")
    app.secret_key = "a secret that is long enough for a measure"
    app.jinja_env.loader = DictLoader({"layout.html": LAYOUT})
    manager = LoginManager(app)
    manager.user_loader(lambda _number: Person())
    local = threading.local()

    def database() -> sqlite3.Connection:
        connection: sqlite3.Connection | None = getattr(local, "connection", None)
        if connection is None:
            connection = sqlite3.connect(os.environ["BARE_DATABASE"], isolation_level=None)
            connection.execute("PRAGMA synchronous=FULL")
            connection.execute("PRAGMA busy_timeout=5000")
            local.connection = connection
        return connection

    @app.get("/healthz")
    def health() -> str:
        return "ok"

    @app.post("/sign-in")
    def sign_in() -> ResponseReturnValue:
        login_user(Person())
        return redirect("/wiki/page-0")

    @app.get("/wiki/<slug>")
    @login_required
    def show(slug: str) -> str:
        query = "SELECT title, body FROM page WHERE slug = ?"
        title, body = database().execute(query, (slug,)).fetchone()
        return render_template("layout.html", title=title, body=body)

    @app.get("/search")
    @login_required
    def search() -> str:
        query = (
            "SELECT title, snippet(words, 1, '<b>', '</b>', '…', 20) FROM words "
            "WHERE words MATCH ? ORDER BY rank LIMIT 20"
        )
        found = database().execute(query, (request.args["q"],)).fetchall()
        body = "".join(f"<p><b>{title}</b> {snippet}</p>" for title, snippet in found)
        return render_template("layout.html", title="Recherche", body=body)

    @app.post("/save")
    @login_required
    def save() -> ResponseReturnValue:
        database().execute("INSERT INTO saved (body) VALUES (?)", (request.form["body"],))
        return redirect("/wiki/page-0")

    return app
