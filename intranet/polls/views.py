"""Casting a ballot, and the procedures of the cooperative."""

from __future__ import annotations

from collections.abc import Mapping

from flask import Blueprint, flash, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from intranet.core.policy import Conflict, Invalid, Refused
from intranet.core.transaction import Reader, transaction
from intranet.polls import procedure_queries, queries, result_files, service
from intranet.polls.policy import may_define_procedure
from intranet.proposals import queries as proposals
from intranet.proposals import voted_queries
from intranet.proposals.policy import may_propose
from intranet.proposals.suggestions.ballots import queries as suggestions
from intranet.web import links, messages, procedure_desk, procedure_presets, receipts, signed_in
from intranet.web.procedure_form import ProcedureForm

blueprint = Blueprint("polls", __name__)


def _address(reader: Reader, poll_id: int) -> str:
    """Where a vote is given and its result read. Raises NotFound for whoever may not know of it."""
    return _place(reader, poll_id, *proposals.origin_of_poll(reader, poll_id))


def _place(reader: Reader, poll_id: int, origin: str, proposal_id: int) -> str:
    if origin == "suggestion":
        return links.suggestions_vote(*suggestions.ballot_of_poll(reader, poll_id))
    return f"{links.origin('proposal', proposal_id)}#vote"


@blueprint.post("/polls/<int:poll_id>/ballot")
def cast(poll_id: int) -> ResponseReturnValue:
    """Vote, then show the receipt on the page of what was voted on."""
    try:
        with transaction(signed_in.actor_id()) as tx:
            done = service.cast_ballot(tx, poll_id, request.form)
    except Refused as refusal:
        # Whoever may not read what is voted on does not learn that there is a vote.
        _address(signed_in.reader(), poll_id)
        return _came_too_late(poll_id, refusal), 403
    except Invalid as problem:
        errors = {name: messages.field_error(code) for name, code in problem.errors.items()}
        typed = {"option": "", "reason": ""} | request.form.to_dict()
        return _ballot_again(poll_id, errors, typed), 422
    address = _place(signed_in.reader(), poll_id, done.origin_kind, done.origin_id)
    if done.receipt:
        return receipts.shown_once(done.receipt, address)
    said = _("Your advice is recorded.") if done.is_advice else _("Your vote is recorded.")
    flash(said, "success")
    return redirect(address, 303)


def _ballot_again(poll_id: int, errors: Mapping[str, str], typed: Mapping[str, str]) -> str:
    """The ballot alone, as it was filled, with its messages and all that a voter must know."""
    reader = signed_in.reader()
    return render_template(
        "polls/ballot.html",
        poll=queries.poll(reader, poll_id),
        voted_html=voted_queries.voted_html(reader, poll_id),
        errors=errors,
        typed=typed,
        now=reader.now,
    )


def _came_too_late(poll_id: int, refusal: Refused) -> str:
    """Why the ballot was not taken, with the words that were typed, so that they are not lost."""
    reader = signed_in.reader()
    return render_template(
        "polls/refused.html",
        poll=queries.poll(reader, poll_id),
        reason=messages.reason(refusal.verdict),
        typed=request.form.get("reason", "").strip(),
        now=reader.now,
    )


@blueprint.get("/polls/<int:poll_id>")
def show(poll_id: int) -> ResponseReturnValue:
    """A poll lives on the page of what it decides."""
    return redirect(_address(signed_in.reader(), poll_id), 302)


@blueprint.get("/polls/<int:poll_id>/recount")
def recount(poll_id: int) -> str:
    """Count the stored ballots again, now, and compare with the stored result."""
    reader = signed_in.reader()
    about = proposals.proposal(reader, proposals.of_poll(reader, poll_id))
    poll = queries.poll(reader, poll_id)
    return render_template(
        "polls/recount.html",
        poll=poll,
        again=result_files.recount(reader, poll_id),
        where=_address(reader, poll_id),
        of_options=poll.origin_kind == "suggestion" or about.kind == "choice",
    )


@blueprint.get("/polls/<int:poll_id>/result.json")
def result_file(poll_id: int) -> ResponseReturnValue:
    """The file that `intranet count` counts again."""
    reader = signed_in.reader()
    proposals.of_poll(reader, poll_id)
    told = result_files.result_file(reader, poll_id)
    answer = jsonify(told)
    answer.headers["Content-Disposition"] = f'attachment; filename="vote-{poll_id}.json"'
    return answer


@blueprint.get("/procedures")
def procedures() -> str:
    """How we decide: every procedure, with what it means for the body today."""
    reader = signed_in.reader()
    cards = procedure_queries.procedures(reader)
    return render_template(
        "polls/procedures.html",
        procedures=cards,
        retired=procedure_queries.procedures(reader, retired=True),
        sizes=procedure_queries.sizes(reader, cards),
        may_write=may_define_procedure(reader),
        may_propose=may_propose(reader),
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
        may_propose=may_propose(reader),
    )


@blueprint.get("/procedures/new")
def create_procedure() -> str:
    """The form of a new procedure, begun from a preset if the address names one.

    Raises Refused for whoever may not write one.
    """
    reader = signed_in.reader_who(may_define_procedure)
    return _desk(reader, procedure_desk.from_preset(reader, request.args))


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
    """The form of a procedure, with what it lets choose and what it can begin from."""
    return render_template(
        "polls/procedure_edit.html",
        form=form,
        preset=procedure_presets.preset(request.args.get("preset", "")),
        presets=procedure_presets.in_groups() if not form.values["key"] else [],
        **procedure_desk.choices(reader, form),
    )
