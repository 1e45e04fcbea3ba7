"""The measure: the least that a Flask application can do for the same requests.

Sign-in kept in the session by Flask-Login, one SELECT by key with SQLAlchemy on SQLite in WAL mode,
one layout of about 10 KB. A search is SQLite's own full text, the best 20 with snippets, in that
layout. A vote is one durable row. A save is one durable transaction: a revision, its text rendered
and cleaned, and a row of the full text.
"""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path
from typing import Any

import nh3
from flask import Flask, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_login import LoginManager, login_required, login_user
from flask_sqlalchemy import SQLAlchemy
from jinja2 import DictLoader
from markdown import markdown
from sqlalchemy import Text, event, select, text
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from benchmarks.text import page_text

MENU = "".join(
    f'<li><a href="/wiki/page-{n}">Chapitre {n} du règlement</a></li>' for n in range(85)
)
LAYOUT = f"""<!doctype html><html lang="fr"><head><meta charset="utf-8">
<title>{{{{ title }}}}</title></head><body><nav><ul>{MENU}</ul></nav><main><h1>{{{{ title }}}}</h1>
<div>{{{{ body|safe }}}}</div></main></body></html>"""
SEARCH = text(
    "SELECT title, snippet(words, 1, '<b>', '</b>', '…', 20) FROM words "
    "WHERE words MATCH :asked ORDER BY rank LIMIT 20"
)
INDEX = text("INSERT INTO words (title, body) VALUES (:title, :body)")


class Base(DeclarativeBase):
    """The base of the tables of the measure."""


class Page(Base):
    """A page under its key."""

    __tablename__ = "page"
    slug: Mapped[str] = mapped_column(primary_key=True)
    title: Mapped[str]
    body: Mapped[str] = mapped_column(Text)


class Vote(Base):
    """One row."""

    __tablename__ = "vote"
    id: Mapped[int] = mapped_column(primary_key=True)
    option: Mapped[str]


class Revision(Base):
    """A saved text with what it looks like."""

    __tablename__ = "revision"
    id: Mapped[int] = mapped_column(primary_key=True)
    body: Mapped[str] = mapped_column(Text)
    html: Mapped[str] = mapped_column(Text)


class Person:
    """Somebody signed in, as Flask-Login wants to see them."""

    is_active = is_authenticated = True
    is_anonymous = False

    def get_id(self) -> str:
        """The only person there is."""
        return "1"


def _make_durable(connection: Any, _record: object) -> None:
    if isinstance(connection, sqlite3.Connection):
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "busy_timeout=5000"):
            connection.execute(f"PRAGMA {pragma}")


def _application(path: Path) -> tuple[Flask, SQLAlchemy]:
    app = Flask("bare")
    app.secret_key = "a secret that is long enough for a measure"
    app.config["SQLALCHEMY_DATABASE_URI"] = f"sqlite:///{path}"
    app.jinja_env.loader = DictLoader({"layout.html": LAYOUT})
    database = SQLAlchemy(app, model_class=Base)
    with app.app_context():
        event.listen(database.engine, "connect", _make_durable)
    return app, database


def fill(path: Path, pages: int) -> None:
    """Write a database of so many pages."""
    app, database = _application(path)
    with app.app_context():
        database.create_all()
        session = database.session
        session.execute(text("CREATE VIRTUAL TABLE words USING fts5(title, body)"))
        for number in range(pages):
            title, body = f"Page {number}", page_text(number)
            session.add(Page(slug=f"page-{number}", title=title, body=body))
            session.execute(INDEX, {"title": title, "body": body})
        session.commit()
        database.engine.dispose()


def create_app() -> Flask:
    """The bare application on the database that BARE_DATABASE names."""
    app, database = _application(Path(os.environ["BARE_DATABASE"]))
    manager = LoginManager(app)
    manager.user_loader(lambda _number: Person())
    session = database.session

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
        page = session.scalars(select(Page).where(Page.slug == slug)).one()
        return render_template("layout.html", title=page.title, body=page.body)

    @app.get("/search")
    @login_required
    def search() -> str:
        found = session.execute(SEARCH, {"asked": request.args["q"]})
        body = "".join(f"<p><b>{title}</b> {snippet}</p>" for title, snippet in found)
        return render_template("layout.html", title="Recherche", body=body)

    @app.post("/vote")
    @login_required
    def vote() -> ResponseReturnValue:
        session.add(Vote(option=request.form["option"]))
        session.commit()
        return redirect("/wiki/page-0")

    @app.post("/save")
    @login_required
    def save() -> ResponseReturnValue:
        body = request.form["body"]
        html = nh3.clean(markdown(body, extensions=["extra", "toc"]))
        session.add(Revision(body=body, html=html))
        session.execute(INDEX, {"title": "Page", "body": body})
        session.commit()
        return redirect("/wiki/page-0")

    return app
