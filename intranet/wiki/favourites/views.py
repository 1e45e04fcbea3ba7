"""A person's own favourites, and the buttons that add and remove one."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from intranet.core.transaction import transaction
from intranet.web import signed_in
from intranet.wiki import queries as pages
from intranet.wiki.favourites import queries, service

blueprint = Blueprint("favourites", __name__, url_prefix="/wiki")


@blueprint.get("/favourites")
def index() -> str:
    """The pages that the person who is asking keeps at hand."""
    found = queries.favourites(signed_in.reader())
    return render_template("wiki/favourites/index.html", pages=found)


@blueprint.post("/<slug>/favourite")
def keep(slug: str) -> ResponseReturnValue:
    """Add a page. The page itself looks the same for everybody, so the answer is the list."""
    page = pages.page_card(signed_in.reader(), slug)
    with transaction(signed_in.actor_id()) as tx:
        service.keep_at_hand(tx, page.id)
    flash(_("“%(page)s” is among your favourites.", page=page.title), "success")
    return redirect(url_for("favourites.index"), 303)


@blueprint.post("/<slug>/favourite/removal")
def let_go(slug: str) -> ResponseReturnValue:
    """Remove a page."""
    page = pages.page_card(signed_in.reader(), slug)
    with transaction(signed_in.actor_id()) as tx:
        service.let_go(tx, page.id)
    flash(_("“%(page)s” is no longer among your favourites.", page=page.title), "success")
    return redirect(url_for("favourites.index"), 303)
