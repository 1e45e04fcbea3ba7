"""Giving advice on a vote in which one has no voice."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from intranet.core.policy import Invalid
from intranet.core.transaction import transaction
from intranet.polls import queries as polls
from intranet.polls.advice import service
from intranet.proposals import queries as proposals
from intranet.web import links, messages, signed_in

blueprint = Blueprint("advice", __name__)


@blueprint.post("/polls/<int:poll_id>/advice")
def give(poll_id: int) -> ResponseReturnValue:
    """Give advice, then show it on the page of what was asked."""
    try:
        with transaction(signed_in.actor_id()) as tx:
            proposal_id = proposals.of_poll(tx, poll_id)
            service.give_advice(tx, poll_id, request.form)
    except Invalid as problem:
        errors = {name: messages.field_error(code) for name, code in problem.errors.items()}
        typed = {"option": "", "reason": ""} | request.form.to_dict()
        poll = polls.poll(signed_in.reader(), poll_id)
        page = render_template("polls/advice.html", poll=poll, errors=errors, typed=typed)
        return page, 422
    flash(_("Your advice is recorded. It stands beside the vote and decides nothing."), "success")
    return redirect(f"{links.origin('proposal', proposal_id)}#advice", 303)
