"""One's own secret addresses, and what they give to a feed reader or a calendar."""

from __future__ import annotations

from flask import Blueprint, Response, flash, redirect, render_template, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import force_locale
from flask_babel import gettext as _

from intranet.core.policy import NotFound
from intranet.core.transaction import transaction
from intranet.members.queries import cooperative
from intranet.notices.feeds import queries, service
from intranet.notices.feeds.calendar import as_calendar
from intranet.notices.feeds.models import FeedKind
from intranet.web import links, signed_in
from intranet.web.routes import public

blueprint = Blueprint("feeds", __name__)


def _kind(code: str) -> FeedKind:
    if code not in set(FeedKind):
        raise NotFound
    return FeedKind(code)


@blueprint.get("/for-you/feeds")
def index() -> str:
    """The addresses one has; a new one is shown this once."""
    kept = queries.kept(signed_in.reader())
    new = session.pop("feed_address", None)
    return render_template("notices/feeds.html", kept=kept, new=new)


@blueprint.post("/for-you/feeds/<kind>")
def make(kind: str) -> ResponseReturnValue:
    """Make a new address, which ends the earlier one."""
    wanted = _kind(kind)
    with transaction(signed_in.actor_id()) as tx:
        token = service.make(tx, wanted)
    session["feed_address"] = links.whole(f"feeds.{wanted}", token=token)
    return redirect(url_for("feeds.index"), 303)


@blueprint.post("/for-you/feeds/<kind>/end")
def end(kind: str) -> ResponseReturnValue:
    """Make an address worthless."""
    with transaction(signed_in.actor_id()) as tx:
        service.end(tx, _kind(kind))
    flash(_("This address no longer works."), "success")
    return redirect(url_for("feeds.index"), 303)


def _private(body: str | bytes, kind: str) -> Response:
    answer = Response(body, content_type=f"{kind}; charset=utf-8")
    answer.headers["Cache-Control"] = "private, no-store"
    answer.headers["X-Robots-Tag"] = "noindex"
    return answer


@blueprint.get("/feeds/<token>/news.atom")
@public
def news(token: str) -> Response:
    """News for a feed reader (RFC 4287), for whoever has the address."""
    reader, language = queries.owner(signed_in.reader(), token, FeedKind.NEWS)
    with force_locale(language):
        body = render_template(
            "notices/news.atom",
            entries=queries.news(reader),
            name=cooperative(reader.session).name,
            base=links.whole("home.show").rstrip("/"),
            now=reader.now,
        )
    return _private(body, "application/atom+xml")


@blueprint.get("/feeds/<token>/deadlines.ics")
@public
def deadlines(token: str) -> Response:
    """Deadlines for a calendar, for whoever has the address."""
    reader, language = queries.owner(signed_in.reader(), token, FeedKind.DEADLINES)
    base = links.whole("home.show")
    with force_locale(language):
        found = queries.deadlines(reader)
        body = as_calendar(found, cooperative(reader.session).name, base, reader.now)
    return _private(body, "text/calendar")
