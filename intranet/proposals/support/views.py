"""The small forms by which people write together and support a proposal."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from intranet.core.policy import Invalid
from intranet.core.transaction import transaction
from intranet.proposals.support import service
from intranet.web import messages, signed_in

blueprint = Blueprint("support", __name__, url_prefix="/proposals/<int:proposal_id>")


def _back(proposal_id: int) -> ResponseReturnValue:
    return redirect(url_for("proposals.show", proposal_id=proposal_id, _anchor="together"), 303)


@blueprint.post("/co-authors")
def name_co_author(proposal_id: int) -> ResponseReturnValue:
    """Ask somebody to write the proposal too."""
    person_id = request.form.get("person", type=int) or 0
    try:
        with transaction(signed_in.actor_id()) as tx:
            service.name_co_author(tx, proposal_id, person_id)
    except Invalid as problem:
        flash(messages.field_error(problem.errors["person"]), "error")
        return _back(proposal_id)
    flash(_("They can now read the draft and reword it."), "success")
    return _back(proposal_id)


@blueprint.post("/co-authors/<int:person_id>/end")
def end_co_authorship(proposal_id: int, person_id: int) -> ResponseReturnValue:
    """Somebody no longer writes it."""
    with transaction(signed_in.actor_id()) as tx:
        service.end_co_authorship(tx, proposal_id, person_id)
    if person_id == signed_in.actor_id():
        flash(_("You no longer write this proposal."), "success")
        return redirect(url_for("proposals.index"), 303)
    return _back(proposal_id)


@blueprint.post("/seconders")
def second(proposal_id: int) -> ResponseReturnValue:
    """Support that it is put to the vote."""
    with transaction(signed_in.actor_id()) as tx:
        service.second(tx, proposal_id)
    flash(_("You support that this wording is put to the vote."), "success")
    return _back(proposal_id)


@blueprint.post("/seconders/end")
def end_seconding(proposal_id: int) -> ResponseReturnValue:
    """No longer support it."""
    with transaction(signed_in.actor_id()) as tx:
        service.end_seconding(tx, proposal_id)
    flash(_("You no longer support it."), "success")
    return _back(proposal_id)
