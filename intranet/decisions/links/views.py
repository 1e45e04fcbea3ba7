"""The form by which a member says what a decision does to another."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from intranet.core.policy import Conflict, Invalid, Refused
from intranet.core.transaction import transaction
from intranet.decisions import page_queries
from intranet.decisions.links import policy, service
from intranet.web import messages, signed_in

blueprint = Blueprint("decision_links", __name__, url_prefix="/decisions")


def _form(number: str, **typed: object) -> str:
    reader = signed_in.reader()
    page = page_queries.decision(reader, number)
    record = page_queries.record(reader, number)
    kinds = (*policy.CHANGING, *policy.EXPLAINING)
    offered = [kind for kind in kinds if policy.may_link(reader, record, kind)]
    if not offered:
        raise Refused(policy.may_link(reader, record, kinds[-1]))
    voted = policy.may_link(reader, record, policy.CHANGING[0])
    values = {"kind": "", "other": "", "errors": {}, **typed}
    return render_template(
        "decisions/link.html", page=page, offered=offered, changing=voted, **values
    )


@blueprint.get("/<number>/links/new")
def create(number: str) -> str:
    """The form to link a decision to another one."""
    return _form(number)


@blueprint.post("/<number>/links")
def add(number: str) -> ResponseReturnValue:
    """Link a decision to another one; both show it."""
    kind, other = request.form.get("link_kind", ""), request.form.get("link_number", "")
    try:
        with transaction(signed_in.actor_id()) as tx:
            service.link_decisions(tx, number, kind, other)
    except Invalid as problem:
        errors = {name: messages.field_error(code) for name, code in problem.errors.items()}
        return _form(number, kind=kind, other=other, errors=errors), 422
    except Conflict as conflict:
        errors = {"link_number": messages.conflict(conflict)}
        return _form(number, kind=kind, other=other, errors=errors), 409
    flash(_("The link stands in the register; both decisions show it."), "success")
    return redirect(url_for("decisions.show", number=number, _anchor="links"), 303)
