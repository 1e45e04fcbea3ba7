"""What somebody follows, and the buttons that begin and end it."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from intranet.core.policy import NotFound
from intranet.core.transaction import transaction
from intranet.notices.watching import queries, service
from intranet.notices.watching.models import Watched
from intranet.web import signed_in

blueprint = Blueprint("watching", __name__, url_prefix="/for-you/following")


def _kind(code: str) -> Watched:
    if code not in set(Watched):
        raise NotFound
    return Watched(code)


@blueprint.get("")
def index() -> str:
    """What the person who asks follows."""
    reader = signed_in.reader()
    followed = queries.mine(reader)
    bodies = queries.bodies_to_follow(reader, followed)
    return render_template("notices/following.html", followed=followed, bodies=bodies)


@blueprint.post("/<kind>/<int:number>")
def follow(kind: str, number: int) -> ResponseReturnValue:
    """Follow something. Its page looks the same for everybody, so the answer is the list."""
    with transaction(signed_in.actor_id()) as tx:
        service.watch(tx, _kind(kind), number)
    flash(_("You are told of what happens there."), "success")
    return redirect(url_for("watching.index"), 303)


@blueprint.post("/<kind>/<int:number>/end")
def leave(kind: str, number: int) -> ResponseReturnValue:
    """Follow something no longer."""
    with transaction(signed_in.actor_id()) as tx:
        service.unwatch(tx, _kind(kind), number)
    flash(_("You no longer follow it."), "success")
    return redirect(url_for("watching.index"), 303)
