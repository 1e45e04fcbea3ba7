"""Every component in every state, for whoever adds a screen; in development only."""

from __future__ import annotations

from datetime import timedelta

from flask import Blueprint, abort, current_app, render_template

from intranet.core import clock
from intranet.web import signed_in
from intranet.web.routes import public

blueprint = Blueprint("styleguide", __name__)

VOTE_LASTS = timedelta(days=3)


@blueprint.get("/styleguide")
@public
def show() -> str:
    """The page of samples; there is no such page outside development."""
    if not current_app.extensions["settings"].development:
        abort(404)
    now = clock.now()
    return render_template(
        "styleguide/index.html",
        now=now,
        closes_at=now + VOTE_LASTS,
        on=clock.local_day(now, signed_in.cooperative().zone),
    )
