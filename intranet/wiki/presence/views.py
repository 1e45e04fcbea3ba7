"""The sign of life of a browser with an open edit, answered with who else is there."""

from __future__ import annotations

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from intranet.core.transaction import transaction
from intranet.web import signed_in
from intranet.wiki import queries
from intranet.wiki.presence import service
from intranet.wiki.presence.queries import others

blueprint = Blueprint("presence", __name__, url_prefix="/wiki")


@blueprint.post("/<slug>/presence")
def renew(slug: str) -> ResponseReturnValue:
    """Renew or end one's presence on a page; the answer names the others who are writing on it.

    A browser in which nobody has typed for a while asks with `idle`, which renews nothing.
    """
    page_id = queries.page_card(signed_in.reader(), slug).id
    if "leaving" in request.form:
        with transaction(signed_in.actor_id()) as tx:
            service.leave(tx, page_id)
        return "", 204
    if "idle" not in request.form:
        with transaction(signed_in.actor_id()) as tx:
            service.renew(tx, page_id)
    present = others(signed_in.reader(), page_id)
    return render_template("wiki/presence/_notice.html", present=present)
