"""The forms by which a member adds or changes a body."""

from __future__ import annotations

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from intranet.core.policy import Conflict, Invalid
from intranet.core.transaction import transaction
from intranet.members import queries
from intranet.members.body_queries import lineage
from intranet.members.queries import BodyCard
from intranet.members.statuses import Status
from intranet.membership.bodies import service
from intranet.membership.bodies.forms import BodyForm
from intranet.membership.policy import may_change_bodies, needs_a_decision
from intranet.web import messages, signed_in

blueprint = Blueprint("bodies", __name__, url_prefix="/bodies")


@blueprint.get("/new")
def create() -> str:
    """The form of a new body."""
    signed_in.reader_who(may_change_bodies)
    return _page(BodyForm.blank(), None)


@blueprint.post("/")
def add() -> ResponseReturnValue:
    """Add a body."""
    form = BodyForm.from_request(request.form)
    try:
        with transaction(signed_in.actor_id()) as tx:
            service.add(tx, form.values["code"], form.statuses, form.words())
    except Invalid as wrong:
        form.errors = {name: messages.field_error(code) for name, code in wrong.errors.items()}
        return _page(form, None), 422
    flash(_("The body is written down."), "success")
    return redirect(url_for("members.bodies"), 303)


@blueprint.get("/<int:body_id>")
def edit(body_id: int) -> str:
    """The form of a body as it is."""
    signed_in.reader_who(may_change_bodies)
    card = _card(body_id)
    reader = signed_in.reader()
    people = queries.electorate(reader, card.id, queries.today(reader))
    return _page(BodyForm.of(card, [one.id for one in people]), card)


@blueprint.post("/<int:body_id>")
def change(body_id: int) -> ResponseReturnValue:
    """Change the name, the task or the wider body of a body."""
    card, form = _card(body_id), BodyForm.from_request(request.form)
    form.values["code"] = card.code
    try:
        with transaction(signed_in.actor_id()) as tx:
            service.change(tx, body_id, form.words())
    except Invalid as wrong:
        form.errors = {name: messages.field_error(code) for name, code in wrong.errors.items()}
        return _page(form, card), 422
    except Conflict as conflict:
        form.errors = {"parent_id": messages.conflict(conflict)}
        return _page(form, card), 409
    flash(_("The body is written down."), "success")
    return redirect(url_for("members.bodies"), 303)


def _card(body_id: int) -> BodyCard:
    """A body by its number; no other answer than "not found" without one."""
    try:
        return queries.body(signed_in.reader(), body_id)
    except KeyError:
        abort(404)


def _page(form: BodyForm, card: BodyCard | None) -> str:
    reader = signed_in.reader_who(may_change_bodies)
    cards = queries.bodies(reader)
    above = [one for one in cards if card is None or card.id not in lineage(cards, one.id)]
    return render_template(
        "membership/body.html",
        form=form,
        card=card,
        above=[(str(one.id), one.name) for one in above],
        statuses=[
            (status.value, messages.label(f"statuses.{status}"))
            for status in Status
            if status is not Status.FORMER
        ],
        people=[(str(one.id), one.name) for one in service.can_sit(reader)],
        needs_a_decision=needs_a_decision(reader),
    )
