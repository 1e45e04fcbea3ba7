"""What members do in a discussion beside writing a comment."""

from __future__ import annotations

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from intranet.core.policy import Invalid
from intranet.core.transaction import transaction
from intranet.discussions import queries as discussions
from intranet.proposals import pages, queries
from intranet.proposals.talks import service
from intranet.web import calls, messages, signed_in

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


def _said(problem: Invalid) -> dict[str, str]:
    return {name: messages.field_error(code) for name, code in problem.errors.items()}


def _mend(proposal_id: int, comment_id: int, errors: dict[str, str]) -> str:
    reader = signed_in.reader()
    proposal = queries.known(reader, proposal_id)
    subject = discussions.Subject("proposal", proposal.id)
    here = url_for("proposals.show", proposal_id=proposal.id)
    return render_template(
        "discussions/mend.html",
        mending=discussions.mending(reader, subject, comment_id),
        trail=[(_("Proposals"), url_for("proposals.index")), (proposal.title, here)],
        back=f"{here}#comment-{comment_id}",
        correct_at=url_for("talks.correct", proposal_id=proposal_id, comment_id=comment_id),
        hide_at=url_for("talks.hide", proposal_id=proposal_id, comment_id=comment_id),
        errors=errors,
    )


@blueprint.get("/comments/<int:comment_id>")
def mend(proposal_id: int, comment_id: int) -> str:
    """What one may do about a comment: other words for one's own, or out of sight."""
    return _mend(proposal_id, comment_id, {})


@blueprint.post("/comments/<int:comment_id>/corrections")
def correct(proposal_id: int, comment_id: int) -> ResponseReturnValue:
    """Give one's own comment other words."""
    text = request.form.get("text", "").replace("\r\n", "\n")
    try:
        with transaction(signed_in.actor_id()) as tx:
            service.correct_comment(tx, proposal_id, comment_id, text)
            called = service.called_in(tx, queries.known(tx, proposal_id), text)
    except Invalid as problem:
        return _mend(proposal_id, comment_id, _said(problem)), 422
    flash(_("Your comment is corrected, and says so."), "success")
    calls.warn_of_unclear(called.unclear)
    return _to(proposal_id, f"comment-{comment_id}")


@blueprint.post("/comments/<int:comment_id>/hiding")
def hide(proposal_id: int, comment_id: int) -> ResponseReturnValue:
    """Take a comment out of sight."""
    try:
        with transaction(signed_in.actor_id()) as tx:
            because = request.form.get("because", "")
            service.hide_comment(tx, proposal_id, comment_id, because)
    except Invalid as problem:
        return _mend(proposal_id, comment_id, _said(problem)), 422
    flash(_("The comment is out of sight. The reason stands in its place."), "success")
    return _to(proposal_id, f"comment-{comment_id}")


@blueprint.post("/comments/<int:comment_id>/reactions")
def react(proposal_id: int, comment_id: int) -> ResponseReturnValue:
    """Answer a comment without a word, or take that back."""
    try:
        with transaction(signed_in.actor_id()) as tx:
            service.react(tx, proposal_id, comment_id, request.form.get("kind", ""))
    except Invalid:
        abort(400)
    return _to(proposal_id, f"comment-{comment_id}")
