"""Casting a ballot, and the procedures of the cooperative."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from intranet.core.policy import Invalid, NotFound
from intranet.core.transaction import transaction
from intranet.polls import procedure_queries, queries, service
from intranet.web import links, messages, signed_in

blueprint = Blueprint("polls", __name__)


@blueprint.post("/polls/<int:poll_id>/ballot")
def cast(poll_id: int) -> ResponseReturnValue:
    """Vote, then show the receipt on the page of what was voted on."""
    reader = signed_in.reader()
    poll = queries.poll(reader, poll_id)
    try:
        with transaction(signed_in.actor_id()) as tx:
            service.cast_ballot(tx, poll_id, request.form)
    except Invalid as problem:
        errors = {name: messages.field_error(code) for name, code in problem.errors.items()}
        typed = {"option": request.form.get("option", ""), "reason": request.form.get("reason", "")}
        page = render_template("polls/ballot.html", poll=poll, errors=errors, typed=typed)
        return page, 422
    flash(_("Your vote is recorded."), "success")
    where = links.origin(poll.origin_kind, poll.origin_id)
    return redirect(f"{where or url_for('polls.show', poll_id=poll_id)}#vote", 303)


@blueprint.get("/polls/<int:poll_id>")
def show(poll_id: int) -> ResponseReturnValue:
    """A poll lives on the page of what it decides."""
    poll = queries.poll(signed_in.reader(), poll_id)
    where = links.origin(poll.origin_kind, poll.origin_id)
    if where is None:
        raise NotFound
    return redirect(f"{where}#vote", 302)


@blueprint.get("/procedures")
def procedures() -> str:
    """How we decide: every procedure, with what it means for the body today."""
    reader = signed_in.reader()
    cards = procedure_queries.procedures(reader)
    sizes = procedure_queries.sizes(reader, cards)
    return render_template("polls/procedures.html", procedures=cards, sizes=sizes)
