"""Pages of proposals: lists, one proposal, and the forms that move it on."""

from __future__ import annotations

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from intranet.core.policy import Invalid
from intranet.core.transaction import transaction
from intranet.proposals import forms, pages, queries, service
from intranet.proposals.planning import service as planning
from intranet.proposals.talks.service import called_in
from intranet.proposals.workflow import State
from intranet.web import calls, citations, messages, signed_in

blueprint = Blueprint("proposals", __name__, url_prefix="/proposals")

TABS = {
    "current": (State.DISCUSSION, State.VOTING),
    "vote": (State.VOTING,),
    "rejected": (State.REJECTED,),
    "drafts": (State.DRAFT,),
}


def _to(proposal_id: int, anchor: str | None = None) -> ResponseReturnValue:
    return redirect(url_for("proposals.show", proposal_id=proposal_id, _anchor=anchor), 303)


@blueprint.get("/")
def index() -> str:
    """Proposals under way, to vote on, ended, and my drafts."""
    tab = request.args.get("tab", "current")
    reader = signed_in.reader()
    if tab == "ended":
        lines = queries.ended(reader)
    elif tab in TABS:
        lines = queries.in_states(reader, TABS[tab])
    else:
        abort(404)
    return render_template("proposals/index.html", lines=lines, tab=tab, now=reader.now)


@blueprint.get("/<int:proposal_id>")
def show(proposal_id: int) -> str:
    """One proposal, with what this person may do next."""
    reader = signed_in.reader()
    values = pages.show(reader, proposal_id)
    citations.prepare(reader, pages.texts(values))
    return render_template("proposals/show.html", **values)


@blueprint.get("/<int:proposal_id>/versions")
def versions(proposal_id: int) -> str:
    """Two wordings compared."""
    reader = signed_in.reader()
    older, newer = request.args.get("from", type=int), request.args.get("to", type=int)
    return render_template(
        "proposals/versions.html", **pages.compared(reader, proposal_id, older, newer)
    )


@blueprint.post("/<int:proposal_id>/submission")
def submit(proposal_id: int) -> ResponseReturnValue:
    """Show a draft to the others."""
    with transaction(signed_in.actor_id()) as tx:
        service.submit(tx, proposal_id)
    flash(_("Your proposal is now under discussion."), "success")
    return _to(proposal_id)


@blueprint.post("/<int:proposal_id>/comments")
def comment(proposal_id: int) -> ResponseReturnValue:
    """Say something."""
    text = request.form.get("text", "").replace("\r\n", "\n")
    reply_to, block = request.form.get("reply_to", type=int), request.form.get("block") or None
    try:
        with transaction(signed_in.actor_id()) as tx:
            comment_id = service.comment_proposal(tx, proposal_id, text, reply_to, block)
            called = called_in(tx, queries.known(tx, proposal_id), text)
    except Invalid as problem:
        said = messages.field_error(next(iter(problem.errors.values())))
        page = pages.show(signed_in.reader(), proposal_id)
        # What is said of a paragraph that is gone can be sent again, on the whole.
        block = None if "block" in problem.errors else block
        if (block or "").startswith("objection-"):
            page["objection_answer"] = {"block": block, "text": text, "error": said}
            return render_template("proposals/show.html", **page), 422
        page |= {"comment_text": text, "comment_error": said, "block": block, "reply_to": reply_to}
        return render_template("proposals/show.html", **page), 422
    calls.warn_of_unclear(called.unclear)
    return _to(proposal_id, f"comment-{comment_id}")


@blueprint.post("/<int:proposal_id>/vote")
def open_voting(proposal_id: int) -> ResponseReturnValue:
    """Put the proposal to the vote, now or at the instant that was typed."""
    zone = signed_in.cooperative().zone
    try:
        closes_at = forms.instant(request.form, "closes_at", zone)
        planned = bool(request.form.get("opens_at"))
        opens_at = forms.instant(request.form, "opens_at", zone) if planned else None
        with transaction(signed_in.actor_id()) as tx:
            if opens_at is None:
                service.open_voting(tx, proposal_id, closes_at)
            else:
                planning.plan_opening(tx, proposal_id, opens_at, closes_at)
    except Invalid as problem:
        page = pages.show(signed_in.reader(), proposal_id)
        for name in ("opens_at", "closes_at"):
            page[name] = request.form.get(name, "")
            code = problem.errors.get(name)
            page[f"{name}_error"] = messages.field_error(code) if code else ""
        return render_template("proposals/show.html", **page), 422
    said = _("The opening of the vote is planned.") if planned else _("It is open.")
    flash(said, "success")
    return _to(proposal_id, "opening" if planned else "vote")


@blueprint.post("/<int:proposal_id>/plan/end")
def give_up_plan(proposal_id: int) -> ResponseReturnValue:
    """Give the planned opening up."""
    with transaction(signed_in.actor_id()) as tx:
        planning.give_up_plan(tx, proposal_id)
    flash(_("No opening is planned any more."), "success")
    return _to(proposal_id, "opening")


@blueprint.post("/<int:proposal_id>/discussion")
def take_back(proposal_id: int) -> ResponseReturnValue:
    """End the round and go back to the discussion."""
    said = _("The vote has ended without a result: the text can be reworded.")
    return _ended(proposal_id, service.take_back_to_discussion, said)


@blueprint.post("/<int:proposal_id>/withdrawal")
def withdraw(proposal_id: int) -> ResponseReturnValue:
    """Take the proposal back."""
    return _ended(proposal_id, service.withdraw, _("The proposal is withdrawn."))


@blueprint.post("/<int:proposal_id>/annulment")
def annul(proposal_id: int) -> ResponseReturnValue:
    """End the vote for ever without a result."""
    return _ended(proposal_id, service.annul, _("The vote is annulled."))


def _ended(proposal_id: int, command: service.Ending, said: str) -> ResponseReturnValue:
    because = request.form.get("because", "")
    try:
        with transaction(signed_in.actor_id()) as tx:
            command(tx, proposal_id, because)
    except Invalid as problem:
        page = pages.show(signed_in.reader(), proposal_id)
        page |= {"because_error": messages.field_error(problem.errors["because"])}
        page["because_of"] = request.endpoint
        return render_template("proposals/show.html", **page), 422
    flash(said, "success")
    return _to(proposal_id)


@blueprint.post("/<int:proposal_id>/count")
def conclude(proposal_id: int) -> ResponseReturnValue:
    """Count now: the time is over, or everybody has voted."""
    with transaction(signed_in.actor_id()) as tx:
        service.conclude(tx, proposal_id)
    return _to(proposal_id, "vote")
