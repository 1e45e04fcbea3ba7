"""A page that the same browser asks for again is answered before the framework wakes up.

What a browser sends names the page whole: the address, and the cookie with the session, the
language, the token of the forms and the messages still to be said. So the bytes that answered it
once answer it again, for as long as nothing at all was written. Only a view that promises it is
answered so.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Iterable
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import wraps
from typing import Any, TypeVar, cast

from flask import Flask, request
from sqlalchemy import Engine
from werkzeug.wsgi import ClosingIterator

from intranet.core import clock
from intranet.core.db import db
from intranet.core.generation import generation_now
from intranet.web import signed_in

MOST_PAGES = 512
LARGEST = 256 * 1024
PROMISE = "intranet.same_until"
SENT = (
    "REQUEST_METHOD",
    "wsgi.url_scheme",
    "HTTP_HOST",
    "PATH_INFO",
    "QUERY_STRING",
    "HTTP_COOKIE",
)

Environ = dict[str, Any]
Headers = list[tuple[str, str]]
View = TypeVar("View", bound=Callable[..., object])
Inside = Callable[[Environ, Callable[..., Any]], Iterable[bytes]]


def same_all_day(view: View) -> View:
    """Mark a view whose answer stays the same for this browser until something is written, the
    day is over for the cooperative, or the session ends."""

    @wraps(view)
    def promising(*args: object, **kwargs: object) -> object:
        user = signed_in.session_user()
        if user:
            zone = user.cooperative.zone
            tomorrow = clock.local_day(clock.now(), zone) + timedelta(days=1)
            until = min(clock.start_of_day(tomorrow, zone), user.ends_at)
            request.environ[PROMISE] = (signed_in.generation(), until)
        return view(*args, **kwargs)

    return cast(View, promising)


@dataclass(frozen=True)
class Answer:
    """A whole answer, and how long it holds."""

    generation: int
    until: datetime
    tag: str
    headers: Headers
    body: bytes


class Again:
    """The application, with the answers it gave lately in front of it."""

    def __init__(self, inside: Inside, engine: Engine) -> None:
        self.inside = inside
        self.engine = engine
        self.answers: OrderedDict[tuple[str, ...], Answer] = OrderedDict()
        self.lock = threading.Lock()

    def __call__(self, environ: Environ, start_response: Callable[..., Any]) -> Iterable[bytes]:
        """Answer one request, as WSGI says."""
        if environ["REQUEST_METHOD"] != "GET" or "HTTP_COOKIE" not in environ:
            return self.inside(environ, start_response)
        asked = tuple(environ.get(name, "") for name in SENT)
        known = self.answers.get(asked)
        if known and self._still_holds(known):
            return _send(known, environ, start_response)
        return self._ask(asked, environ, start_response)

    def _still_holds(self, known: Answer) -> bool:
        return clock.now() < known.until and generation_now(self.engine) == known.generation

    def _ask(
        self, asked: tuple[str, ...], environ: Environ, start_response: Callable[..., Any]
    ) -> Iterable[bytes]:
        """Let the application answer, and keep what it promises."""
        said: list[Any] = []

        def start(status: str, headers: Headers, *error: Any) -> Any:
            said[:] = [status, headers]
            return start_response(status, headers, *error)

        body = self.inside(environ, start)
        generation, until = environ.get(PROMISE, (0, None))
        if until is None or not said[0].startswith("200") or _sets_cookie(said[1]):
            return body
        with closing(ClosingIterator(body)) as parts:
            whole = b"".join(parts)
        if len(whole) <= LARGEST:
            tag = next((value for name, value in said[1] if name.lower() == "etag"), "")
            self._keep(asked, Answer(generation, until, tag, list(said[1]), whole))
        return [whole]

    def _keep(self, asked: tuple[str, ...], answer: Answer) -> None:
        with self.lock:
            self.answers[asked] = answer
            while len(self.answers) > MOST_PAGES:
                self.answers.popitem(last=False)


def _sets_cookie(headers: Headers) -> bool:
    return any(name.lower() == "set-cookie" for name, _value in headers)


def _send(answer: Answer, environ: Environ, start_response: Callable[..., Any]) -> Iterable[bytes]:
    """The answer, or the word that the browser still holds it."""
    if answer.tag and environ.get("HTTP_IF_NONE_MATCH") == answer.tag:
        unchanged = [pair for pair in answer.headers if not pair[0].lower().startswith("content-")]
        start_response("304 NOT MODIFIED", unchanged)
        return []
    start_response("200 OK", answer.headers)
    return [answer.body]


def install(app: Flask) -> None:
    """Stand in front of the application, except while its templates are being written."""
    if not app.config["TEMPLATES_AUTO_RELOAD"]:
        with app.app_context():
            app.wsgi_app = Again(app.wsgi_app, db.engine)  # type: ignore[method-assign]
