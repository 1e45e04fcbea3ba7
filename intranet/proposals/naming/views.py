"""Proposing one of the people named."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from intranet.core.policy import Conflict, Invalid
from intranet.core.transaction import transaction
from intranet.proposals import forms, pages
from intranet.proposals.naming import service
from intranet.web import messages, signed_in

blueprint = Blueprint("naming", __name__, url_prefix="/proposals/<int:proposal_id>/names")


@blueprint.post("/consent")
def propose(proposal_id: int) -> ResponseReturnValue:
    """Ask everybody for their consent on one of the people named."""
    name = request.form.get("person", "")
    try:
        closes_at = forms.instant(request.form, "closes_at", signed_in.cooperative().zone)
        with transaction(signed_in.actor_id()) as tx:
            service.propose_person(tx, proposal_id, name, closes_at)
    except Invalid as problem:
        errors = {one: messages.field_error(code) for one, code in problem.errors.items()}
        return _again(proposal_id, name, errors), 422
    except Conflict as conflict:
        return _again(proposal_id, name, {"person": messages.conflict(conflict)}), 409
    flash(_("The vote is open."), "success")
    return redirect(url_for("proposals.show", proposal_id=proposal_id, _anchor="vote"), 303)


def _again(proposal_id: int, name: str, errors: dict[str, str]) -> str:
    """The page of the proposal, with what was typed."""
    page = pages.show(signed_in.reader(), proposal_id)
    page |= {"person": name, "naming_errors": errors}
    page["naming_closes_at"] = request.form.get("closes_at", "")
    return render_template("proposals/show.html", **page)
