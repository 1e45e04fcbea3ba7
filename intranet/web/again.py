"""A page that was read before is answered before the framework wakes up.

Two things are remembered after a view that promises it: the page without its person, by its
address and the rights of whoever read it; and the person, by the cookie of their browser, which
holds the session, the language, the token of the forms and the messages still to be said. Both
hold for as long as nothing at all was written. Whoever comes back with a known cookie to a page
known for their rights is answered from the two.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import wraps
from typing import Any, ParamSpec

from flask import Flask, Response, make_response, request, session
from flask.typing import ResponseReturnValue
from sqlalchemy import Engine
from werkzeug.wsgi import ClosingIterator

from intranet.core import clock
from intranet.core.db import db
from intranet.core.generation import generation_now
from intranet.web import kept, signed_in
from intranet.web.parts import Mine, Parts, Pressed, tag, without_person
from intranet.web.shelf import Shelf

ROOM_FOR_PAGES = 64 * 1024 * 1024
MOST_PEOPLE = 1024
LARGEST = 256 * 1024
PROMISE = "intranet.promise"
ADDRESS = ("wsgi.url_scheme", "HTTP_HOST", "PATH_INFO", "QUERY_STRING")
OF_THE_PERSON = frozenset({"etag", "content-length", "content-type", "set-cookie"})

Environ = dict[str, Any]
Headers = list[tuple[str, str]]
P = ParamSpec("P")
Inside = Callable[[Environ, Callable[..., Any]], Iterable[bytes]]


@dataclass(frozen=True)
class Promise:
    """A page that stays as it is while the database is at this number, until an instant."""

    generation: int
    until: datetime
    rights: tuple[object, ...]
    parts: Parts
    mine: Mine


@dataclass(frozen=True)
class Page:
    """A page for everybody with some rights, and the headers that came with it."""

    generation: int
    until: datetime
    parts: Pressed
    headers: Headers


@dataclass(frozen=True)
class Person:
    """Who a cookie stands for."""

    generation: int
    until: datetime
    rights: tuple[object, ...]
    mine: Mine


def same_all_day(
    view: Callable[P, ResponseReturnValue | Parts],
) -> Callable[P, ResponseReturnValue]:
    """Mark a view whose page is the same for everybody with the same rights and language, until
    something is written, the day is over for the cooperative, or the session ends."""

    @wraps(view)
    def promising(*args: P.args, **kwargs: P.kwargs) -> ResponseReturnValue:
        user = signed_in.session_user()
        assert user is not None  # noqa: S101
        if "_flashes" in session:
            # A message is said once: a page that carries one must not come back from anywhere.
            made = view(*args, **kwargs)
            return _not_stored(_whole(made))
        # Read first: what is found afterwards is at least as new as this number.
        generation = signed_in.generation()
        zone = user.cooperative.zone
        tomorrow = clock.local_day(clock.now(), zone) + timedelta(days=1)
        until = min(clock.start_of_day(tomorrow, zone), user.ends_at)
        made = view(*args, **kwargs)
        mine = kept.mine()
        parts = without_person(made, mine.token.decode()) if isinstance(made, str) else made
        if not isinstance(parts, Parts):
            return _whole(made)
        request.environ[PROMISE] = Promise(generation, until, kept.rights(), parts, mine)
        return _answer(parts, mine)

    return promising


def _whole(made: ResponseReturnValue | Parts) -> ResponseReturnValue:
    return made.together(kept.mine()) if isinstance(made, Parts) else made


def not_promised(made: Parts | str) -> Response:
    """A page whose view breaks its promise this once: it is not the same for everybody with these
    rights, so nobody keeps it."""
    return make_response(_whole(made))


def _not_stored(made: ResponseReturnValue) -> Response:
    response = make_response(made)
    response.headers["Cache-Control"] = "no-store"
    return response


def _answer(parts: Parts, mine: Mine) -> Response:
    """The page, or the word that the browser still holds it."""
    word = tag(parts, mine)
    if request.if_none_match.contains_weak(word):
        response = make_response("", 304)
    else:
        response = make_response(parts.together(mine))
    response.set_etag(word, weak=True)
    return response


class Again:
    """The application, with the pages it made lately in front of it."""

    def __init__(self, inside: Inside, engine: Engine) -> None:
        self.inside = inside
        self.engine = engine
        self.pages: Shelf[tuple[object, ...], Page] = Shelf(
            ROOM_FOR_PAGES, lambda page: page.parts.size
        )
        self.people: Shelf[str, Person] = Shelf(MOST_PEOPLE)

    def __call__(self, environ: Environ, start_response: Callable[..., Any]) -> Iterable[bytes]:
        """Answer one request, as WSGI says."""
        if environ["REQUEST_METHOD"] != "GET" or "HTTP_COOKIE" not in environ:
            return self.inside(environ, start_response)
        address = tuple(environ.get(name, "") for name in ADDRESS)
        person = self.people.get(environ["HTTP_COOKIE"])
        page = self.pages.get((address, person.rights)) if person else None
        if person and page and self._still_hold(person, page):
            return _send(page, person.mine, environ, start_response)
        return self._ask(address, environ, start_response)

    def _still_hold(self, person: Person, page: Page) -> bool:
        if person.generation != page.generation or clock.now() >= min(person.until, page.until):
            return False
        return generation_now(self.engine) == page.generation

    def _ask(
        self, address: tuple[str, ...], environ: Environ, start_response: Callable[..., Any]
    ) -> Iterable[bytes]:
        """Let the application answer, and keep what it promises."""
        said: list[Any] = []

        def start(status: str, headers: Headers, *error: Any) -> Any:
            said[:] = [status, headers]
            return start_response(status, headers, *error)

        body = self.inside(environ, start)
        promise = environ.get(PROMISE)
        if promise is not None and said[0][:3] in ("200", "304"):
            with closing(ClosingIterator(body)) as answered:
                body = [b"".join(answered)]
            self._keep(promise, address, environ["HTTP_COOKIE"], said[1])
        return body

    def _keep(
        self, promise: Promise, address: tuple[str, ...], cookie: str, headers: Headers
    ) -> None:
        parts, holds = promise.parts, (promise.generation, promise.until)
        if len(parts.before) + len(parts.after) <= LARGEST:
            common = [pair for pair in headers if pair[0].lower() not in OF_THE_PERSON]
            page = Page(*holds, parts.pressed(), common)
            self.pages.put((address, promise.rights), page)
        if all(name.lower() != "set-cookie" for name, _value in headers):
            self.people.put(cookie, Person(*holds, promise.rights, promise.mine))


def _send(
    page: Page, mine: Mine, environ: Environ, start_response: Callable[..., Any]
) -> Iterable[bytes]:
    word = f'W/"{tag(page.parts, mine)}"'
    if environ.get("HTTP_IF_NONE_MATCH") == word:
        start_response("304 NOT MODIFIED", [*page.headers, ("ETag", word)])
        return []
    body = page.parts.parts().together(mine)
    own = [
        ("Content-Type", "text/html; charset=utf-8"),
        ("Content-Length", str(len(body))),
        ("ETag", word),
    ]
    start_response("200 OK", [*page.headers, *own])
    return [body]


def install(app: Flask) -> None:
    """Stand in front of the application, except while its templates are being written."""
    if not app.config["TEMPLATES_AUTO_RELOAD"]:
        with app.app_context():
            app.wsgi_app = Again(app.wsgi_app, db.engine)  # type: ignore[method-assign]
