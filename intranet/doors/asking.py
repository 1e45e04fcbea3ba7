"""Who opens what: every route, asked as somebody of every status, on the example cooperative."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from flask import Flask
from jinja2 import FunctionLoader
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from intranet import create_app
from intranet.auth.models import Account
from intranet.core.db import Base, db
from intranet.doors import objects
from intranet.example import corners, data, loader
from intranet.members.statuses import Status

PEOPLE = {
    "member_employee": "solene",
    "member_external": "odile",
    "employee": "lucas",
    "applicant": "mina",
    "sympathiser": "gaspard",
    "former": "bastien",
    "administrator": "joachim",
}
"""Who of the example asks for each status; none of them has a mandate that gives a right."""
ANONYMOUS = "anonymous"
STATUSES = (ANONYMOUS, *PEOPLE)
METHODS = ("GET", "POST")
FOUND, SERVER_ERROR = 302, 500
SECRETS = frozenset({"token", "marked"})
"""Parts of an address that are themselves the permission."""


class Answer(StrEnum):
    """What becomes of a request."""

    OPENS = "yes"
    REFUSED = "no"
    HIDDEN = "hidden"
    SIGN_IN = "sign in"
    BY_LINK = "link"
    FORM = "form"
    UNTRIED = "untried"


CODES = {400: Answer.FORM, 403: Answer.REFUSED, 404: Answer.HIDDEN}
OPEN = frozenset({Answer.OPENS, Answer.BY_LINK})


@dataclass(frozen=True)
class Door:
    """One route by one method, what it answers to each status, and to whom it answered no and
    wrote all the same."""

    room: str
    method: str
    address: str
    endpoint: str
    answers: tuple[Answer, ...]
    wrote: tuple[str, ...] = ()


class Failed(Exception):
    """A route that answered with an error of its own, or that wrote while it was read."""


class Rest:
    """The database of the example, to which every request that writes is followed by a return."""

    def __init__(self, path: str) -> None:
        self.path = path
        self.kept = sqlite3.connect(":memory:")
        self.live = sqlite3.connect(path, isolation_level=None)
        self.live.backup(self.kept)
        self.written = self._version()
        self.number = 1_000_000

    def _version(self) -> int:
        return int(self.live.execute("PRAGMA data_version").fetchone()[0])

    def returned(self) -> bool:
        """Whether something was written since; it is undone then.

        The generation goes on, so that no page kept for what was undone is handed out again.
        """
        if self._version() == self.written:
            return False
        self.kept.backup(self.live)
        self.number += 1
        self.live.execute("UPDATE generation SET number = ?", (self.number,))
        self.written = self._version()
        return True

    def close(self) -> None:
        """Let go of both databases."""
        self.live.close()
        self.kept.close()


class Asker:
    """A browser for each status, which forgets after each request what it was told."""

    def __init__(self, app: Flask, people: dict[str, int], cookies: dict[str, str]) -> None:
        self.app, self.people = app, people
        self.client = app.test_client(use_cookies=False)
        self.cookies = cookies

    def ask(self, status: str, method: str, address: str) -> TestResponse:
        """The answer to an empty request of somebody of this status."""
        headers = {"Cookie": self.cookies[status]}
        return self.client.open(address, method=method, headers=headers)

    def addresses(self, rule: Rule, method: str, room: str, status: str) -> list[str]:
        """Where the example can be asked for by a route: things of anybody, and their own."""
        parts = tuple(sorted(rule.arguments))
        with self.app.app_context():
            values = objects.choices(db.session(), room, parts, self.people.get(status))
            db.session.remove()
        adapter = self.app.url_map.bind("localhost")
        return [adapter.build(rule.endpoint, one, method) for one in values]


def doors(folder: Path) -> list[Door]:
    """Load the example into an empty folder, and ask. Raises Failed.

    A status opens a route when it does so for one thing of the example at least; a form is sent
    empty, so that what is asked is whether it would be looked at. Pages are not drawn: what a page
    holds is not asked here, and drawing takes longer than everything else.
    """
    app = application(folder)
    loader.load(app)
    with app.app_context():
        people = _people(db.session())
        corners.lay(people)
        path = str(db.engine.url.database)
        db.session.remove()
    # Outside of that context: what one request keeps on it must not be known to the next.
    asker = Asker(app, people, {status: _cookie(app, status) for status in STATUSES})
    with closing(Rest(path)) as rest:
        found = [_door(asker, rule, method, rest) for rule, method in routes(app)]
    with app.app_context():
        db.engine.dispose()
    return found


def application(folder: Path) -> Flask:
    """The product on an empty database, with every template blank."""
    app = create_app(folder, {"testing": True, "secret_key": "x" * 32, "database_url": ""})
    app.config["WTF_CSRF_ENABLED"] = False
    app.jinja_loader = FunctionLoader(lambda _name: "")
    with app.app_context():
        Base.metadata.create_all(db.engine)
    return app


def routes(app: Flask) -> Iterator[tuple[Rule, str]]:
    """Every route that a person asks for, by address, with each of its methods."""
    for rule in sorted(app.url_map.iter_rules(), key=lambda rule: rule.rule):
        if rule.endpoint != "static":
            for method in METHODS:
                if method in (rule.methods or ()):
                    yield rule, method


def _people(session: Session) -> dict[str, int]:
    """The numbers of those who ask."""
    addresses = {person["key"]: person["email"] for person in data.read().people}
    found = select(Account.person_id)
    return {
        status: session.scalars(found.where(Account.email == addresses[key])).one()
        for status, key in PEOPLE.items()
    }


def _cookie(app: Flask, status: str) -> str:
    """The cookie of somebody of this status; sent with every request as it is now, so that nothing
    that one request does to a session is known to the next."""
    browser = app.test_client()
    if status != ANONYMOUS:
        person = next(one for one in data.read().people if one["key"] == PEOPLE[status])
        form = {"email": person["email"], "password": data.read().password}
        if browser.post("/sign-in", data=form).status_code != FOUND:
            raise Failed(status)
    # A page with a form gives the session what pages kept for all are completed with.
    browser.get("/account")
    cookie = browser.get_cookie(app.config["SESSION_COOKIE_NAME"])
    return f"{cookie.key}={cookie.value}" if cookie else ""


def _door(asker: Asker, rule: Rule, method: str, rest: Rest) -> Door:
    """Ask one route as everybody, with one thing of the example after another."""
    view, room = asker.app.view_functions[rule.endpoint], rule.endpoint.split(".")[0]
    package = view.__module__.split(".")[1]
    if SECRETS & rule.arguments and getattr(view, "is_public", False):
        answers = (Answer.BY_LINK,) * len(STATUSES)
        return Door(package, method, rule.rule, rule.endpoint, answers)
    told, wrote, first = [], [], ""
    for status in STATUSES:
        asked = asker.addresses(rule, method, room, status)
        if first in asked:
            asked.insert(0, asked.pop(asked.index(first)))
        answer, opened, has_written = _best(asker, status, method, asked, rest)
        told.append(answer)
        first = opened or first
        if has_written and (method == "GET" or answer not in OPEN):
            wrote.append(status)
    return Door(package, method, rule.rule, rule.endpoint, tuple(told), tuple(wrote))


def _best(
    asker: Asker, status: str, method: str, asked: list[str], rest: Rest
) -> tuple[Answer, str, bool]:
    """The widest answer to any of the addresses, the one that opened, and whether anything was
    written by a narrower one or by reading."""
    best, wrote = Answer.UNTRIED, False
    for address in asked:
        answer = _answer(asker.ask(status, method, address), address)
        changed = rest.returned()
        if answer == Answer.SIGN_IN and changed:
            answer = Answer.OPENS  # It ended the session, and led to the page to begin another.
        if answer == Answer.OPENS:
            return answer, address, changed and method == "GET"
        wrote = wrote or changed
        if best in (Answer.UNTRIED, Answer.HIDDEN, Answer.FORM):
            best = answer
        if answer == Answer.SIGN_IN or status == Status.FORMER:
            break
    return best, "", wrote


def _answer(response: TestResponse, address: str) -> Answer:
    code, goes_to = response.status_code, response.headers.get("Location", "")
    response.close()
    if code == SERVER_ERROR:
        raise Failed(f"{address} answers {code}")
    if code == FOUND and goes_to.startswith("/sign-in") and not address.startswith("/sign-in"):
        return Answer.SIGN_IN
    return CODES.get(code, Answer.OPENS)
