"""The page that asks once more before somebody is forgotten."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import force_locale
from flask_babel import gettext as _

from intranet.core.policy import Conflict
from intranet.core.transaction import transaction
from intranet.membership.erasure import queries, service
from intranet.web import messages, signed_in
from intranet.web.routes import for_any_account

blueprint = Blueprint("erasure", __name__)


@blueprint.get("/members/<int:person_id>/erasure")
@for_any_account
def show(person_id: int) -> str:
    """What would go, what would stay, and where the name stands beside."""
    return _page(person_id, "")


def _page(person_id: int, error: str) -> str:
    found = queries.to_erase(signed_in.reader(), person_id)
    return render_template("membership/erasure.html", found=found, error=error)


@blueprint.post("/members/<int:person_id>/erasure")
@for_any_account
def erase(person_id: int) -> ResponseReturnValue:
    """Forget a person who has left."""
    if request.form.get("sure") != "1":
        return _page(person_id, messages.field_error("removal_unconfirmed")), 422
    with force_locale(signed_in.cooperative().locale):
        pseudonym = _("former member %(number)d", number=person_id)
    own = person_id == signed_in.actor_id()
    try:
        with transaction(signed_in.actor_id()) as tx:
            service.erase_person(tx, person_id, pseudonym)
    except Conflict as conflict:
        return _page(person_id, messages.conflict(conflict)), 409
    if own:
        return redirect(url_for("auth.sign_in"), 303)
    flash(_("What was kept about this person is gone."), "success")
    return redirect(url_for("members.show", person_id=person_id), 303)
