"""Where forms send what is being typed, and where it is forgotten."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from intranet.core.policy import Invalid
from intranet.core.transaction import transaction
from intranet.proposals.typing import service
from intranet.web import signed_in

blueprint = Blueprint("typing", __name__, url_prefix="/proposals/typing")

NOT_KEPT = frozenset({"csrf_token", "place", "then"})


@blueprint.post("")
def keep() -> ResponseReturnValue:
    """Keep what is being typed; a script asks for it every few seconds."""
    fields = {
        name: "\n".join(values).replace("\r\n", "\n")
        for name, values in request.form.lists()
        if name not in NOT_KEPT
    }
    try:
        with transaction(signed_in.actor_id()) as tx:
            service.keep(tx, request.form.get("place", ""), fields)
    except Invalid:
        return "", 413
    return "", 204


@blueprint.post("/end")
def forget() -> ResponseReturnValue:
    """Forget it, and begin again with an empty form."""
    place = request.form.get("place", "")
    with transaction(signed_in.actor_id()) as tx:
        service.forget(tx, place)
    flash(_("What you had typed is forgotten."), "success")
    is_ours = place.startswith(("/proposals/", "/wiki/")) and "//" not in place
    is_ours = is_ours and "\\" not in place
    return redirect(place if is_ours else url_for("proposals.index"), 303)
