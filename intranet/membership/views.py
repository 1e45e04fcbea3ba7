"""The form by which a member writes down somebody's new status."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from intranet.core.policy import Conflict, Invalid
from intranet.core.transaction import transaction
from intranet.members import queries
from intranet.membership import policy, service
from intranet.membership.forms import StatusForm, choices
from intranet.web import messages, signed_in

blueprint = Blueprint("membership", __name__)


@blueprint.get("/members/<int:person_id>/status")
def edit(person_id: int) -> str:
    """The form to change a person's status."""
    reader = signed_in.reader_who(policy.may_change_status)
    return _page(person_id, StatusForm.blank(queries.today(reader)))


@blueprint.post("/members/<int:person_id>/status")
def change(person_id: int) -> ResponseReturnValue:
    """Change a person's status by a decision."""
    form = StatusForm.from_request(request.form)
    values = form.values
    try:
        with transaction(signed_in.actor_id()) as tx:
            service.change_status_by_decision(
                tx, person_id, values["status"], form.starts_on(), values["decision_number"]
            )
    except Invalid as wrong:
        form.errors = {name: messages.field_error(code) for name, code in wrong.errors.items()}
        return _page(person_id, form), 422
    except Conflict as conflict:
        form.errors = {"starts_on": messages.conflict(conflict)}
        return _page(person_id, form), 409
    flash(_("The new status is written down."), "success")
    return redirect(url_for("members.show", person_id=person_id), 303)


def _page(person_id: int, form: StatusForm) -> str:
    reader = signed_in.reader_who(policy.may_change_status)
    profile = queries.profile(reader, person_id)
    latest = profile.periods[0].status if profile.periods else None
    offered = choices(signed_in.cooperative(), latest)
    return render_template(
        "membership/change.html",
        profile=profile,
        form=form,
        statuses=[(status, messages.label(f"status.{status}").capitalize()) for status in offered],
    )
