"""Who is asking: the session behind the request, and pages closed to those who have none."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import cast

from flask import (
    Flask,
    current_app,
    g,
    has_request_context,
    redirect,
    render_template,
    request,
    url_for,
)
from flask.typing import ResponseReturnValue
from flask_babel import get_locale
from flask_login import LoginManager, current_user
from sqlalchemy.orm import Session

from intranet.auth import queries as auth_queries
from intranet.auth.queries import SignedIn
from intranet.core import clock, transaction
from intranet.core.actor import ANONYMOUS, Actor
from intranet.core.db import db
from intranet.core.generation import generation as generation_in
from intranet.core.generation import generation_now
from intranet.core.policy import Refused, Verdict
from intranet.core.transaction import Reader
from intranet.members import queries as members_queries
from intranet.members.policy import may_enter
from intranet.members.queries import CooperativeCard
from intranet.web import csrf, messages, wishes

MOST_KNOWN = 2000
_known: dict[str, tuple[int, date, SignedIn]] = {}


def session_user() -> SignedIn | None:
    """The open session of this request, or None."""
    # Flask-Login's proxy takes a long way to what it stands for, and every page asks many times.
    user = g.get("_login_user") or current_user._get_current_object()
    return cast(SignedIn, user) if user.is_authenticated else None


def generation() -> int:
    """The number of the database when this request began to ask, read at most once: whatever the
    request finds is at least as new."""
    if "generation" not in g:
        g.generation = generation_now(db.engine)
    return cast(int, g.generation)


def _load(token: str) -> SignedIn | None:
    """The session of a token: as it was found last while nothing was written since, on the same
    day and before its end; else asked again, so that a right taken away is gone at once."""
    # Read first: what is found afterwards is at least as new as this number.
    current = generation()
    now = clock.now()
    known = _known.get(token)
    if known and known[0] == current and now < known[2].ends_at:
        if known[1] == clock.local_day(now, known[2].cooperative.zone):
            return known[2]
    found = auth_queries.signed_in(db.session(), token, now)
    _known.pop(token, None)
    if found is not None:
        if len(_known) >= MOST_KNOWN:
            _known.clear()
        _known[token] = (current, clock.local_day(now, found.cooperative.zone), found)
    return found


def forget(user: SignedIn) -> None:
    """Ask the database again for a session whose row has changed, at its next request."""
    _known.pop(user.token, None)


def load_actor(session: Session, person_id: int, now: datetime) -> Actor:
    """A person with the rights of this moment, for a command that holds its turn: as the request
    knows who asks while nothing was written since, on the same day; else asked again.

    Raises NotFound for an unknown number.
    """
    user = session_user() if has_request_context() else None
    known = _known.get(user.token) if user else None
    if known and known[2].actor.person_id == person_id:
        today = clock.local_day(now, known[2].cooperative.zone)
        if known[:2] == (generation_in(session), today):
            return known[2].actor
    return auth_queries.load_actor(session, person_id, now)


def actor() -> Actor:
    """The person behind the request, with the rights of this moment."""
    user = session_user()
    return user.actor if user else ANONYMOUS


def actor_id() -> int:
    """The number of the signed-in person; views behind the closed door may rely on it."""
    person_id = actor().person_id
    assert person_id is not None  # noqa: S101
    return person_id


def reader() -> Reader:
    """A Reader for the page being made."""
    return transaction.reader(actor())


def reader_who(permission: Callable[..., Verdict], *subject: object) -> Reader:
    """A Reader for a page that a permission guards. Raises Refused with its reason."""
    looking = reader()
    verdict = permission(looking, *subject)
    if not verdict:
        raise Refused(verdict)
    return looking


def allow(verdict: Verdict) -> None:
    """Go on when a page's own answer says so. Raises Refused with its reason."""
    if not verdict:
        raise Refused(verdict)


def cooperative() -> CooperativeCard:
    """The cooperative, read at most once for a request."""
    user = session_user()
    if user:
        return user.cooperative
    if "cooperative" not in g:
        g.cooperative = members_queries.cooperative(db.session())
    return cast(CooperativeCard, g.cooperative)


def _is_marked(mark: str) -> bool:
    view = current_app.view_functions.get(request.endpoint or "")
    return getattr(view, mark, False)


def _is_public() -> bool:
    return request.endpoint == "static" or _is_marked("is_public")


def _calm_page() -> ResponseReturnValue | None:
    """What people see whose status of today opens nothing; None for everybody else."""
    verdict = may_enter(reader())
    if verdict or _is_marked("is_for_any_account"):
        return None
    return render_template("members/closed.html", reason=messages.reason(verdict)), 403


def install(app: Flask) -> None:
    """Load the session of each request and close every page that is not marked public."""
    manager = LoginManager(app)
    manager.session_protection = None

    manager.user_loader(_load)

    @app.before_request
    def keep_closed() -> ResponseReturnValue | None:
        if request.endpoint is None or _is_public():
            return None
        if session_user():
            return _calm_page()
        if not cooperative().is_set_up:
            return redirect(url_for("auth.waiting"))
        if request.method == "POST":
            has_to_answer = csrf.typed() or wishes.json()
            return csrf.offer_again() if has_to_answer else redirect(url_for("auth.sign_in"))
        return redirect(url_for("auth.sign_in", next=request.full_path.rstrip("?")))

    @app.context_processor
    def for_every_page() -> dict[str, object]:
        return {"actor": actor(), "cooperative": cooperative(), "locale": get_locale()}
