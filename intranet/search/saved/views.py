"""Keeping questions, and their feeds for those who read news elsewhere."""

from __future__ import annotations

from collections.abc import Callable

from flask import (
    Blueprint,
    Response,
    abort,
    current_app,
    flash,
    redirect,
    render_template,
    request,
    url_for,
)
from flask.typing import ResponseReturnValue
from flask_babel import force_locale
from flask_babel import gettext as _

from intranet.auth import queries as auth
from intranet.core import clock
from intranet.core.actor import SYSTEM
from intranet.core.db import db
from intranet.core.policy import Invalid
from intranet.core.transaction import Reader, Transaction, reader, transaction
from intranet.members.policy import may_enter
from intranet.search import questions
from intranet.search.saved import news, queries, service
from intranet.search.saved.queries import SavedCard
from intranet.web import links, messages, signed_in
from intranet.web.routes import public

blueprint = Blueprint("saved_searches", __name__, url_prefix="/search")
IN_A_FEED = 30


@blueprint.get("/saved")
def index() -> str:
    """The questions one keeps, each with the address of its feed when it has one."""
    kept = queries.of_person(signed_in.reader())
    return render_template("search/saved.html", kept=[(one, _address(one)) for one in kept])


def _secret() -> str:
    return str(current_app.secret_key)


def _address(card: SavedCard) -> str:
    if not card.feed_number:
        return ""
    marked = queries.mark(_secret(), card)
    return links.whole("saved_searches.feed", number=card.id, marked=marked)


@blueprint.post("/saved")
def save() -> ResponseReturnValue:
    """Keep the question just asked."""
    try:
        with transaction(signed_in.actor_id()) as tx:
            service.save_search(tx, request.form.get("q", ""))
    except Invalid as problem:
        flash(messages.field_error(problem.errors["q"]), "error")
    else:
        flash(_("The search is kept."), "success")
    return redirect(url_for("saved_searches.index"), 303)


@blueprint.post("/saved/<int:number>/forget")
def forget(number: int) -> ResponseReturnValue:
    """Forget a question."""
    return _done(service.forget_search, number, _("The search is forgotten, with its feed."))


@blueprint.post("/saved/<int:number>/feed")
def open_feed(number: int) -> ResponseReturnValue:
    """Give a feed an address, or another one."""
    return _done(service.open_feed, number, _("The feed has a new address."))


@blueprint.post("/saved/<int:number>/feed/close")
def close_feed(number: int) -> ResponseReturnValue:
    """Make the address of a feed useless."""
    return _done(service.close_feed, number, _("The address of the feed leads nowhere any more."))


def _done(command: Callable[[Transaction, int], None], number: int, said: str) -> Response:
    with transaction(signed_in.actor_id()) as tx:
        command(tx, number)
    flash(said, "success")
    return redirect(url_for("saved_searches.index"), 303)  # type: ignore[return-value]


@blueprint.get("/feeds/<int:number>-<marked>.atom")
@public
def feed(number: int, marked: str) -> ResponseReturnValue:
    """The newest of what a kept question finds, for the person who keeps it and by their rights
    of this moment. Whoever has the address can read it, until it is closed."""
    card = queries.behind_address(reader(SYSTEM), _secret(), number, marked)
    if card is None:
        abort(404)
    looking = reader(auth.load_actor(db.session(), card.person_id, clock.now()))
    if not may_enter(looking):
        abort(404)
    with force_locale(signed_in.cooperative().locale):
        body = render_template("search/feed.xml", **_found(looking, card))
    answer = Response(body, content_type="application/atom+xml; charset=utf-8")
    answer.headers["Cache-Control"] = "private, no-store"
    return answer


def _found(looking: Reader, card: SavedCard) -> dict[str, object]:
    newest = news.newest(looking, questions.asked(looking, card.question), IN_A_FEED)
    return {
        "card": card,
        "hits": newest,
        "today": looking.now.date(),
        "updated": next((hit.dated_on for hit in newest if hit.dated_on), None),
        "root": links.whole("home.show").rstrip("/"),
        "own": links.whole("saved_searches.feed", **(request.view_args or {})),
        "page": links.whole("search.show", q=card.question),
    }
