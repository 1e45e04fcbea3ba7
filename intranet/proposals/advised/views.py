"""The author's decision after advice."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from intranet.core.policy import Invalid
from intranet.core.transaction import transaction
from intranet.proposals import pages
from intranet.proposals.advised import service
from intranet.proposals.advised.models import Choice
from intranet.web import messages, signed_in

blueprint = Blueprint("advised", __name__, url_prefix="/proposals/<int:proposal_id>/answer")


@blueprint.post("")
def answer(proposal_id: int) -> ResponseReturnValue:
    """Decide, with an answer to the advice."""
    typed = {name: request.form.get(name, "") for name in ("choice", "answer")}
    try:
        with transaction(signed_in.actor_id()) as tx:
            chosen = service.answer_advice(tx, proposal_id, typed["choice"], typed["answer"])
    except Invalid as problem:
        errors = {one: messages.field_error(code) for one, code in problem.errors.items()}
        page = pages.show(signed_in.reader(), proposal_id)
        page |= {"answer_typed": typed, "answer_errors": errors}
        return render_template("proposals/show.html", **page), 422
    said = {
        Choice.ADOPT: _("Your decision is in the register, with your answer beside it."),
        Choice.REVISE: _("Your answer is recorded. You can reword the text now."),
        Choice.GIVE_UP: _("Your answer is recorded, and the proposal is withdrawn."),
    }
    flash(said[chosen], "success")
    return redirect(url_for("proposals.show", proposal_id=proposal_id, _anchor="answer"), 303)
