"""Lifting an objection."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from intranet.core.policy import Invalid
from intranet.core.transaction import Reader, transaction
from intranet.polls.objections import queries, service
from intranet.proposals import queries as proposals
from intranet.web import links, messages, signed_in

blueprint = Blueprint("objections", __name__, url_prefix="/objections")


def _address(reader: Reader, objection_id: int) -> str:
    """Where an objection is read: on the page of what it is about. Raises NotFound."""
    poll_id = queries.poll_of(reader, objection_id)
    proposal = links.origin("proposal", proposals.of_poll(reader, poll_id))
    return f"{proposal}#{queries.block_id(objection_id)}"


@blueprint.get("/<int:objection_id>")
def show(objection_id: int) -> ResponseReturnValue:
    """An objection lives on the page of what it is about."""
    return redirect(_address(signed_in.reader(), objection_id), 302)


@blueprint.post("/<int:objection_id>/lifting")
def lift(objection_id: int) -> ResponseReturnValue:
    """Lift one's own objection, with a word on why if one wants."""
    because = request.form.get("because", "").replace("\r\n", "\n")
    try:
        with transaction(signed_in.actor_id()) as tx:
            address = _address(tx, objection_id)
            service.lift_objection(tx, objection_id, because)
    except Invalid as problem:
        error = messages.field_error(problem.errors["because"])
        page = render_template(
            "proposals/lift_objection.html",
            objection_id=objection_id,
            because=because,
            error=error,
        )
        return page, 422
    flash(_("Your objection is lifted. It stays in the record."), "success")
    return redirect(address, 303)
