"""The draw by lot: saying which seed was drawn in public."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from intranet.core.policy import Invalid
from intranet.core.transaction import transaction
from intranet.proposals import pages
from intranet.proposals.draws import service
from intranet.web import messages, signed_in

blueprint = Blueprint("draws", __name__, url_prefix="/proposals/<int:proposal_id>/draw")


@blueprint.post("/seeds")
def say(proposal_id: int) -> ResponseReturnValue:
    """Say which seed was drawn; the second person who says the same ends the vote."""
    typed = request.form.get("seed", "")
    try:
        with transaction(signed_in.actor_id()) as tx:
            is_drawn = service.say_seed(tx, proposal_id, typed)
    except Invalid as problem:
        page = pages.show(signed_in.reader(), proposal_id)
        page |= {"seed": typed, "seed_error": messages.field_error(problem.errors["seed"])}
        return render_template("proposals/show.html", **page), 422
    if is_drawn:
        flash(_("Two people said the same seed: the draw is done."), "success")
    else:
        flash(_("Your seed is recorded. A second person must now say the same."), "success")
    return redirect(url_for("proposals.show", proposal_id=proposal_id, _anchor="draw"), 303)
