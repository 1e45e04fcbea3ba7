"""Casting a ballot, and the procedures of the cooperative."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from intranet.core.policy import Conflict, Invalid
from intranet.core.transaction import Reader, transaction
from intranet.members import queries as members_queries
from intranet.members import status_queries
from intranet.members.statuses import ADVISORY_STATUSES, Status
from intranet.polls import procedure_queries, queries, service
from intranet.polls.forms import ProcedureForm
from intranet.polls.policy import may_define_procedure
from intranet.proposals import queries as proposals
from intranet.voting import registry
from intranet.web import links, messages, signed_in
from intranet.wiki.models import Layer

blueprint = Blueprint("polls", __name__)


@blueprint.post("/polls/<int:poll_id>/ballot")
def cast(poll_id: int) -> ResponseReturnValue:
    """Vote, then show the receipt on the page of what was voted on."""
    try:
        with transaction(signed_in.actor_id()) as tx:
            proposal_id = proposals.of_poll(tx, poll_id)
            service.cast_ballot(tx, poll_id, request.form)
    except Invalid as problem:
        errors = {name: messages.field_error(code) for name, code in problem.errors.items()}
        typed = {"option": request.form.get("option", ""), "reason": request.form.get("reason", "")}
        poll = queries.poll(signed_in.reader(), poll_id)
        page = render_template("polls/ballot.html", poll=poll, errors=errors, typed=typed)
        return page, 422
    flash(_("Your vote is recorded."), "success")
    return redirect(f"{links.origin('proposal', proposal_id)}#vote", 303)


@blueprint.get("/polls/<int:poll_id>")
def show(poll_id: int) -> ResponseReturnValue:
    """A poll lives on the page of what it decides."""
    proposal_id = proposals.of_poll(signed_in.reader(), poll_id)
    return redirect(f"{links.origin('proposal', proposal_id)}#vote", 302)


@blueprint.get("/procedures")
def procedures() -> str:
    """How we decide: every procedure, with what it means for the body today."""
    reader = signed_in.reader()
    cards = procedure_queries.procedures(reader)
    return render_template(
        "polls/procedures.html",
        procedures=cards,
        sizes=procedure_queries.sizes(reader, cards),
        may_write=may_define_procedure(reader),
    )


@blueprint.get("/procedures/<key>")
def procedure(key: str) -> str:
    """One procedure: every version, with what it would mean today."""
    reader = signed_in.reader()
    versions = procedure_queries.procedure_versions(reader, key)
    return render_template(
        "polls/procedure.html",
        versions=versions,
        sizes=procedure_queries.sizes(reader, versions),
        may_write=may_define_procedure(reader),
    )


@blueprint.get("/procedures/new")
def create_procedure() -> str:
    """The form of a new procedure. Raises Refused for whoever may not write one."""
    reader = signed_in.reader_who(may_define_procedure)
    return _desk(reader, ProcedureForm.blank())


@blueprint.get("/procedures/<key>/new-version")
def new_version(key: str) -> str:
    """The form of the next version, filled with the current one."""
    reader = signed_in.reader_who(may_define_procedure)
    return _desk(reader, ProcedureForm.of(procedure_queries.procedure(reader, key)))


@blueprint.post("/procedures")
def define_procedure() -> ResponseReturnValue:
    """Write a procedure, or the next version of one that exists."""
    reader = signed_in.reader_who(may_define_procedure)
    form = ProcedureForm.from_request(request.form)
    if form.values["key"]:
        procedure_queries.procedure(reader, form.values["key"])
    try:
        new = form.procedure()
        with transaction(signed_in.actor_id()) as tx:
            service.define_procedure(tx, new)
    except Invalid as problem:
        form.errors = {name: messages.field_error(code) for name, code in problem.errors.items()}
        return _desk(signed_in.reader(), form), 422
    except Conflict as conflict:
        form.errors = {"": messages.conflict(conflict)}
        return _desk(signed_in.reader(), form), 409
    flash(_("The procedure is saved. Here is what it means today."), "success")
    return redirect(url_for("polls.procedures"), 303)


def _desk(reader: Reader, form: ProcedureForm) -> str:
    """The form of a procedure, with what it lets choose."""
    return render_template(
        "polls/procedure_edit.html",
        form=form,
        bodies=members_queries.bodies(reader),
        methods=[method.key for method in registry.all_methods()],
        layers=list(Layer),
        statuses=[status for status in Status if status is not Status.FORMER],
        people=status_queries.people_here(reader, members_queries.today(reader)),
        advisory_statuses=ADVISORY_STATUSES,
    )
