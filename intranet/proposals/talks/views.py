"""What members do in a discussion beside writing a comment."""

from __future__ import annotations

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from intranet.core.policy import Invalid
from intranet.core.transaction import transaction
from intranet.proposals import pages
from intranet.proposals.talks import service
from intranet.web import messages, signed_in

blueprint = Blueprint("talks", __name__, url_prefix="/proposals/<int:proposal_id>")


def _to(proposal_id: int, anchor: str = "discussion") -> ResponseReturnValue:
    return redirect(url_for("proposals.show", proposal_id=proposal_id, _anchor=anchor), 303)


@blueprint.post("/rounds")
def lead(proposal_id: int) -> ResponseReturnValue:
    """Open a round of the discussion, or end the one that is open."""
    kind = request.form.get("kind", "")
    try:
        with transaction(signed_in.actor_id()) as tx:
            service.lead(tx, proposal_id, kind)
    except Invalid:
        abort(400)
    flash(_("The round is open.") if kind else _("The round is over."), "success")
    return _to(proposal_id)


@blueprint.post("/summary")
def sum_up(proposal_id: int) -> ResponseReturnValue:
    """Write what was said so far."""
    text = request.form.get("text", "").replace("\r\n", "\n")
    try:
        with transaction(signed_in.actor_id()) as tx:
            service.sum_up(tx, proposal_id, text)
    except Invalid as problem:
        page = pages.show(signed_in.reader(), proposal_id)
        error = messages.field_error(problem.errors["text"])
        page |= {"summary_text": text, "summary_error": error}
        return render_template("proposals/show.html", **page), 422
    flash(_("The summary is there for all to read. Earlier ones stay."), "success")
    return _to(proposal_id)


@blueprint.post("/stance")
def take_a_stance(proposal_id: int) -> ResponseReturnValue:
    """Say where one stands on the version one sees."""
    base = request.form.get("base_number", type=int) or 0
    try:
        with transaction(signed_in.actor_id()) as tx:
            kind = "" if "taken_back" in request.form else request.form.get("kind", "")
            service.take_a_stance(tx, proposal_id, kind, base)
    except Invalid:
        abort(400)
    return _to(proposal_id, "stances")


@blueprint.post("/reading")
def mark_as_read(proposal_id: int) -> ResponseReturnValue:
    """Say which version one has read."""
    number = request.form.get("number", type=int) or 0
    with transaction(signed_in.actor_id()) as tx:
        service.mark_as_read(tx, proposal_id, number)
    return _to(proposal_id, "main")


@blueprint.post("/comments/<int:comment_id>/reactions")
def react(proposal_id: int, comment_id: int) -> ResponseReturnValue:
    """Answer a comment without a word, or take that back."""
    try:
        with transaction(signed_in.actor_id()) as tx:
            service.react(tx, proposal_id, comment_id, request.form.get("kind", ""))
    except Invalid:
        abort(400)
    return _to(proposal_id, f"comment-{comment_id}")
