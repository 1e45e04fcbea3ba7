"""Proposing how to decide: a procedure's next version, a first one, or its end."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from intranet.core.events import canonical
from intranet.core.policy import Conflict, Invalid, NotFound, Refused
from intranet.core.text import whole_number
from intranet.core.transaction import Reader, transaction
from intranet.polls import procedure_queries as procedures
from intranet.polls import strength_rules as strength
from intranet.polls.procedure_models import ProcedureChange
from intranet.polls.procedure_queries import ProcedureCard
from intranet.proposals import queries, service
from intranet.proposals.policy import may_propose
from intranet.proposals.procedures.checking import checked
from intranet.proposals.procedures.forms import ProposingForm, deciders
from intranet.proposals.queries import ProposalCard
from intranet.proposals.service import NewProposal
from intranet.proposals.versions import Wording
from intranet.web import messages, procedure_desk, procedure_fields, procedure_presets, signed_in
from intranet.web.procedure_form import ProcedureForm, new_of

blueprint = Blueprint("procedure_proposals", __name__, url_prefix="/proposals/procedure")


def _card(reader: Reader, key: str) -> ProcedureCard | None:
    return procedures.procedure(reader, key) if key else None


@blueprint.get("/new")
def create() -> str:
    """The form of another way to decide: new, changed from `key`, or `key` taken out of use."""
    reader = signed_in.reader_who(may_propose)
    card = _card(reader, request.args.get("key", ""))
    retires = bool(request.args.get("retires")) and card is not None
    form = ProcedureForm.of(card) if card else procedure_desk.from_preset(reader, request.args)
    return _desk(reader, form, ProposingForm.blank(retires, request.args.get("again", "")))


@blueprint.post("/")
def draft() -> ResponseReturnValue:
    """Put the change of a procedure up for discussion, or keep it as a draft."""
    reader = signed_in.reader_who(may_propose)
    form, proposing = _typed()
    try:
        wording = _wording(reader, form, proposing)
        key, after_id = _decider(proposing), whole_number(proposing.values["again"])
        new = NewProposal(strength.KIND, wording, key, after_id=after_id)
        with transaction(signed_in.actor_id()) as tx:
            proposal_id = service.draft(tx, new)
            if request.form.get("then") == "submit":
                service.submit(tx, proposal_id)
    except Invalid as problem:
        return _again(form, proposing, problem)
    flash(_("Your proposal is saved."), "success")
    return redirect(url_for("proposals.show", proposal_id=proposal_id), 303)


@blueprint.get("/<int:proposal_id>")
def edit(proposal_id: int) -> str:
    """The form of a new wording, filled with what the proposal says now."""
    reader = signed_in.reader()
    proposal = _proposal(reader, proposal_id)
    change = proposal.procedure_change
    assert change is not None  # noqa: S101
    card = _card(reader, change.key)
    version = str(card.version) if card else ""
    told = change.new or (new_of(card) if card else None)
    form = ProcedureForm.told(told, version) if told else ProcedureForm.blank()
    proposing = ProposingForm.blank(change.new is None)
    proposing.values |= {
        "motivation": proposal.version.motivation,
        "decided_by": proposal.procedure_key,
        "base_number": str(proposal.version.number),
    }
    return _desk(reader, form, proposing, proposal)


@blueprint.post("/<int:proposal_id>")
def reword(proposal_id: int) -> ResponseReturnValue:
    """Write a new wording of the change."""
    reader = signed_in.reader()
    proposal = _proposal(reader, proposal_id)
    form, proposing = _typed()
    base = request.form.get("base_number", type=int) or 0
    try:
        wording = _wording(reader, form, proposing)
        with transaction(signed_in.actor_id()) as tx:
            service.reword(tx, proposal_id, wording, base, _decider(proposing))
            if request.form.get("then") == "submit":
                service.submit(tx, proposal_id)
    except Invalid as problem:
        return _again(form, proposing, problem, proposal)
    except Conflict as conflict:
        form.errors = {"": messages.conflict(conflict)}
        return _desk(signed_in.reader(), form, proposing, proposal), 409
    flash(_("The new wording is saved."), "success")
    return redirect(url_for("proposals.show", proposal_id=proposal_id), 303)


def _proposal(reader: Reader, proposal_id: int) -> ProposalCard:
    """A proposal of this kind that the reader may reword. Raises NotFound or Refused."""
    card = queries.proposal(reader, proposal_id)
    if card.procedure_change is None:
        raise NotFound
    if not card.may.reword:
        raise Refused(card.may.reword)
    return card


def _typed() -> tuple[ProcedureForm, ProposingForm]:
    return ProcedureForm.from_request(request.form), ProposingForm.from_request(request.form)


def _decider(proposing: ProposingForm) -> str:
    if not proposing.values["decided_by"]:
        raise Invalid(decided_by="decider_missing")
    return proposing.values["decided_by"]


def _wording(reader: Reader, form: ProcedureForm, proposing: ProposingForm) -> Wording:
    """The change as it would be voted on, in words and as data. Raises Invalid."""
    old = _card(reader, form.values["key"])
    new = None
    if not (proposing.retires and old):
        new = checked(reader, form.procedure())
    change = ProcedureChange(form.values["key"], whole_number(form.values["version"]), new)
    before = new_of(old) if old else None
    return Wording(
        title=_title(old, change),
        motivation=proposing.values["motivation"],
        text=procedure_fields.as_markdown(reader, before, new),
        procedure=canonical(change.to_json()),
    )


def _title(old: ProcedureCard | None, change: ProcedureChange) -> str:
    if change.new is None:
        return str(_("Take the procedure “%(name)s” out of use", name=old.name if old else ""))
    if old is None:
        return str(_("New procedure: “%(name)s”", name=change.new.name.strip()))
    return str(_("Change the procedure “%(name)s”", name=old.name))


def _again(
    form: ProcedureForm,
    proposing: ProposingForm,
    problem: Invalid,
    proposal: ProposalCard | None = None,
) -> ResponseReturnValue:
    words = {name: messages.field_error(code) for name, code in problem.errors.items()}
    form.errors, proposing.errors = words, words
    return _desk(signed_in.reader(), form, proposing, proposal), 422


def _desk(
    reader: Reader,
    form: ProcedureForm,
    proposing: ProposingForm,
    proposal: ProposalCard | None = None,
) -> str:
    old = _card(reader, form.values["key"])
    cards = deciders(procedures.procedures(reader), old)
    sizes = procedures.sizes(reader, cards)
    return render_template(
        "polls/procedure_edit.html",
        form=form,
        proposing=proposing,
        proposal=proposal,
        old=old,
        deciders=[(card, sizes[card.id]) for card in cards],
        preset=procedure_presets.preset(request.args.get("preset", "")),
        presets=procedure_presets.in_groups() if not old and not proposal else [],
        **procedure_desk.choices(reader, form),
    )
