"""Pages of what decisions ask for: the list, and one action."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from intranet.core.policy import Conflict, Invalid, NotFound, Refused
from intranet.core.transaction import transaction
from intranet.decisions import page_queries
from intranet.decisions.actions import forms, policy, queries, service
from intranet.decisions.actions.forms import ActionForm
from intranet.decisions.actions.queries import ActionCard
from intranet.web import messages, signed_in

blueprint = Blueprint("actions", __name__, url_prefix="/decisions")


@blueprint.get("/actions")
def index() -> str:
    """What was decided and is not done yet; or what is."""
    reader = signed_in.reader()
    chosen = forms.filters(request.args)
    return render_template(
        "actions/index.html",
        found=queries.actions(reader, chosen),
        filters=chosen,
        may_move=policy.may_move_actions(reader),
    )


@blueprint.get("/<number>/actions/new")
def create(number: str) -> str:
    """The form for something that a decision asks for."""
    return _planning(number, ActionForm.blank())


def _planning(number: str, form: ActionForm) -> str:
    reader = signed_in.reader()
    page = page_queries.decision(reader, number)
    verdict = policy.may_plan_action(reader, page.result)
    if not verdict:
        raise Refused(verdict)
    people = queries.owners(reader, page.audience)
    return render_template("actions/new.html", page=page, form=form, people=people)


@blueprint.post("/<number>/actions")
def plan(number: str) -> ResponseReturnValue:
    """Write down something that a decision asks for."""
    form = ActionForm.from_request(request.form)
    try:
        with transaction(signed_in.actor_id()) as tx:
            service.plan_action(tx, number, form.plan())
    except Invalid as problem:
        form.errors = _said(problem)
        return _planning(number, form), 422
    flash(_("It stands among what is to be done."), "success")
    return redirect(url_for("decisions.show", number=number, _anchor="actions"), 303)


def _said(problem: Invalid) -> dict[str, str]:
    return {name: messages.field_error(code) for name, code in problem.errors.items()}


@blueprint.get("/actions/<int:action_id>")
def show(action_id: int) -> str:
    """One action with its history, and the form of its next step."""
    card = _action(action_id)
    return _page(card, ActionForm.of(card))


def _action(action_id: int) -> ActionCard:
    card = queries.action(signed_in.reader(), action_id)
    if card is None:
        raise NotFound
    return card


def _page(card: ActionCard, form: ActionForm) -> str:
    reader = signed_in.reader()
    audience = page_queries.decision(reader, card.number).audience
    return render_template(
        "actions/show.html",
        card=card,
        form=form,
        people=queries.owners(reader, audience),
        may_move=policy.may_move_actions(reader),
    )


@blueprint.post("/actions/<int:action_id>/steps")
def move(action_id: int) -> ResponseReturnValue:
    """Say what became of an action, or give it to somebody else."""
    form = ActionForm.from_request(request.form)
    try:
        with transaction(signed_in.actor_id()) as tx:
            number = service.move_action(tx, action_id, form.move())
    except Invalid as problem:
        form.errors = _said(problem)
        return _page(_action(action_id), form), 422
    except Conflict as conflict:
        card = _action(action_id)
        fresh = ActionForm.of(card)
        fresh.values["note"] = form.values["note"]
        fresh.errors = {"": messages.conflict(conflict)}
        return _page(card, fresh), 409
    flash(_("This is kept."), "success")
    return redirect(url_for("decisions.show", number=number, _anchor="actions"), 303)
