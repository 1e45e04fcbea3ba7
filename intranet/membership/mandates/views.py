"""The mandates, past and present, and the forms by which a member writes them down."""

from __future__ import annotations

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from intranet.core.policy import Conflict, Invalid
from intranet.core.transaction import Reader, transaction
from intranet.members import queries, status_queries
from intranet.members.policy import may_see_profiles
from intranet.members.queries import MandateLine, is_current
from intranet.membership.mandates import service
from intranet.membership.mandates.forms import MandateForm
from intranet.membership.policy import may_change_mandates
from intranet.web import messages, signed_in

blueprint = Blueprint("mandates", __name__, url_prefix="/mandates")


@blueprint.get("")
def index() -> str:
    """Every mandate: those of today, those to come, those that have ended."""
    reader = signed_in.reader_who(may_see_profiles)
    today, lines = queries.today(reader), queries.mandates(reader)
    return render_template(
        "membership/mandates.html",
        current=[line for line in lines if is_current(line, today)],
        coming=[line for line in lines if line.starts_on > today],
        ended=[line for line in lines if line.ends_on is not None and line.ends_on <= today],
        refusal="" if (verdict := may_change_mandates(reader)) else messages.reason(verdict),
    )


@blueprint.get("/new")
def create() -> str:
    """The form of a new mandate."""
    reader = signed_in.reader_who(may_change_mandates)
    return _page(MandateForm.blank(starts_on=queries.today(reader).isoformat()))


@blueprint.post("")
def give() -> ResponseReturnValue:
    """Give a mandate by a decision."""
    form = MandateForm.from_request(request.form)
    try:
        mandate = form.mandate()
        with transaction(signed_in.actor_id()) as tx:
            service.give_by_decision(tx, mandate)
    except Invalid as wrong:
        form.errors = {name: messages.field_error(code) for name, code in wrong.errors.items()}
        return _page(form), 422
    flash(_("The mandate is written down."), "success")
    return redirect(url_for("mandates.index"), 303)


@blueprint.get("/<int:mandate_id>/end")
def ending(mandate_id: int) -> str:
    """The form of the end of a mandate."""
    reader = signed_in.reader_who(may_change_mandates)
    return _end_page(mandate_id, MandateForm.blank(ends_on=queries.today(reader).isoformat()))


@blueprint.post("/<int:mandate_id>/end")
def end(mandate_id: int) -> ResponseReturnValue:
    """End a mandate by a decision."""
    form = MandateForm.from_request(request.form)
    try:
        ends_on = form.day("ends_on")
        if ends_on is None:
            raise Invalid(ends_on="membership.mandate_day_unclear")
        with transaction(signed_in.actor_id()) as tx:
            service.end_by_decision(tx, mandate_id, ends_on, form.values["decision_number"])
    except Invalid as wrong:
        form.errors = {name: messages.field_error(code) for name, code in wrong.errors.items()}
        return _end_page(mandate_id, form), 422
    except Conflict as conflict:
        form.errors = {"ends_on": messages.conflict(conflict)}
        return _end_page(mandate_id, form), 409
    flash(_("The end of the mandate is written down."), "success")
    return redirect(url_for("mandates.index"), 303)


def _page(form: MandateForm) -> str:
    reader = signed_in.reader_who(may_change_mandates)
    people = status_queries.people_here(reader, queries.today(reader))
    return render_template(
        "membership/mandate.html",
        form=form,
        people=[(str(person.id), person.name) for person in people],
        bodies=[(str(card.id), card.name) for card in queries.bodies(reader)],
        roles=messages.roles(),
    )


def _end_page(mandate_id: int, form: MandateForm) -> str:
    reader = signed_in.reader_who(may_change_mandates)
    return render_template("membership/mandate_end.html", form=form, line=_line(mandate_id, reader))


def _line(mandate_id: int, reader: Reader) -> MandateLine:
    found = next((one for one in queries.mandates(reader) if one.id == mandate_id), None)
    if found is None:
        abort(404)
    return found
