"""Proposing which procedures may change a rule."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from intranet.core.policy import Conflict, Invalid, NotFound, Refused
from intranet.core.text import whole_number
from intranet.core.transaction import Reader, transaction
from intranet.polls import procedure_queries as procedures
from intranet.proposals import queries, service
from intranet.proposals.deciders.forms import DecidersForm, deciders, of_the_rank
from intranet.proposals.kinds.deciders import KIND
from intranet.proposals.policy import may_propose
from intranet.proposals.queries import ProposalCard
from intranet.proposals.service import NewProposal
from intranet.proposals.versions import Wording
from intranet.web import messages, signed_in
from intranet.wiki import rules
from intranet.wiki.rules import RuleText

blueprint = Blueprint("deciders_proposals", __name__, url_prefix="/proposals/deciders")


@blueprint.get("/new")
def create() -> str:
    """The form, filled with what the rule says today."""
    reader = signed_in.reader_who(may_propose)
    rule = rules.rule_text_of(reader, request.args.get("page", ""))
    form = DecidersForm.of(rule)
    form.values["again"] = request.args.get("again", "")
    return _desk(reader, rule, form)


@blueprint.post("/")
def draft() -> ResponseReturnValue:
    """Put the change up for discussion, or keep it as a draft."""
    reader = signed_in.reader_who(may_propose)
    form = DecidersForm.from_request(request.form)
    rule = rules.rule_text_of(reader, form.values["page"])
    try:
        wording, key = _wording(reader, rule, form), form.decided_by()
        after_id = whole_number(form.values["again"])
        new = NewProposal(KIND.key, wording, key, rule.page_id, after_id=after_id)
        with transaction(signed_in.actor_id()) as tx:
            proposal_id = service.draft(tx, new)
            if request.form.get("then") == "submit":
                service.submit(tx, proposal_id)
    except Invalid as problem:
        return _again(rule, form, problem)
    flash(_("Your proposal is saved."), "success")
    return redirect(url_for("proposals.show", proposal_id=proposal_id), 303)


@blueprint.get("/<int:proposal_id>")
def edit(proposal_id: int) -> str:
    """The form of a new wording, filled with what the proposal says now."""
    reader = signed_in.reader()
    proposal, rule = _proposal(reader, proposal_id)
    form = DecidersForm.of(rule)
    form.named = list(proposal.version.deciders)
    form.values |= {
        "motivation": proposal.version.motivation,
        "decided_by": proposal.procedure_key,
        "base_number": str(proposal.version.number),
    }
    return _desk(reader, rule, form, proposal)


@blueprint.post("/<int:proposal_id>")
def reword(proposal_id: int) -> ResponseReturnValue:
    """Write a new wording."""
    reader = signed_in.reader()
    proposal, rule = _proposal(reader, proposal_id)
    form = DecidersForm.from_request(request.form)
    base = request.form.get("base_number", type=int) or 0
    try:
        wording, key = _wording(reader, rule, form), form.decided_by()
        with transaction(signed_in.actor_id()) as tx:
            service.reword(tx, proposal_id, wording, base, key)
            if request.form.get("then") == "submit":
                service.submit(tx, proposal_id)
    except Invalid as problem:
        return _again(rule, form, problem, proposal)
    except Conflict as conflict:
        form.errors = {"": messages.conflict(conflict)}
        return _desk(signed_in.reader(), rule, form, proposal), 409
    flash(_("The new wording is saved."), "success")
    return redirect(url_for("proposals.show", proposal_id=proposal_id), 303)


def _proposal(reader: Reader, proposal_id: int) -> tuple[ProposalCard, RuleText]:
    """A proposal of this kind that the reader may reword. Raises NotFound or Refused."""
    card = queries.proposal(reader, proposal_id)
    if card.kind != KIND.key or card.page_id is None:
        raise NotFound
    if not card.may.reword:
        raise Refused(card.may.reword)
    return card, rules.rule_text(reader, card.page_id)


def _wording(reader: Reader, rule: RuleText, form: DecidersForm) -> Wording:
    """What would be voted on, in words and as data. Raises Invalid."""
    chosen = form.chosen(of_the_rank(reader, rule))
    if chosen:
        named = _("From now on, the rule “%(title)s” may be changed only by:", title=rule.title)
        text = "\n".join([named, "", *(f"- {card.name} ({card.body_name})" for card in chosen)])
    else:
        text = _(
            "From now on, the rule “%(title)s” may be changed by every procedure that may change "
            "rules of its rank.",
            title=rule.title,
        )
    return Wording(
        title=_("Who may change the rule “%(title)s”", title=rule.title),
        motivation=form.values["motivation"],
        text=text,
        deciders=[card.key for card in chosen],
    )


def _again(
    rule: RuleText, form: DecidersForm, problem: Invalid, proposal: ProposalCard | None = None
) -> ResponseReturnValue:
    form.errors = {name: messages.field_error(code) for name, code in problem.errors.items()}
    return _desk(signed_in.reader(), rule, form, proposal), 422


def _desk(
    reader: Reader, rule: RuleText, form: DecidersForm, proposal: ProposalCard | None = None
) -> str:
    offered, choices = of_the_rank(reader, rule), deciders(reader, rule)
    sizes = procedures.sizes(reader, offered)
    return render_template(
        "proposals/deciders.html",
        rule=rule,
        form=form,
        proposal=proposal,
        offered=[(card, sizes[card.id]) for card in offered],
        choices=[(card, sizes[card.id]) for card in choices],
    )
