"""Who may do what here, in words; and the form that changes it."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from intranet.core.policy import Invalid
from intranet.core.transaction import transaction
from intranet.members import queries
from intranet.members.rights_queries import rights_table
from intranet.members.statuses import CHOOSABLE, Audience, Right, Status, status_opens
from intranet.membership.policy import may_change_rights, needs_a_decision
from intranet.membership.rights import service
from intranet.web import messages, signed_in

blueprint = Blueprint("rights", __name__, url_prefix="/rights")


def _said(status: Status, rights: frozenset[Right]) -> list[str]:
    """What a status may do, in sentences: what it reads, what it does."""
    widest = [one for one in Audience if status_opens(status, one)]
    reads = [messages.label(f"reads.{widest[0]}")] if widest else []
    return [*reads, *(messages.label(f"right.{one}") for one in Right if one in rights)]


def _shown() -> list[Status]:
    external = signed_in.cooperative().external_members
    return [one for one in Status if external or one is not Status.MEMBER_EXTERNAL]


@blueprint.get("")
def show() -> str:
    """Everybody reads what each status may do and who makes up each body."""
    reader = signed_in.reader()
    table, verdict = rights_table(reader), may_change_rights(reader)
    return render_template(
        "membership/rights.html",
        statuses=[(one, _said(one, table.rights[one])) for one in _shown()],
        mine=signed_in.actor().status,
        decision_number=table.decision_number,
        bodies=queries.bodies(reader),
        refusal="" if verdict else messages.reason(verdict),
    )


@blueprint.get("/edit")
def edit() -> str:
    """The form of the table as it is."""
    table = rights_table(signed_in.reader_who(may_change_rights))
    chosen = {str(status): [str(one) for one in rights] for status, rights in table.rights.items()}
    return _form(chosen, "", {})


@blueprint.post("/edit")
def change() -> ResponseReturnValue:
    """Change the table by a decision, or as its founders."""
    chosen = {str(status): request.form.getlist(status) for status in CHOOSABLE}
    number = request.form.get("decision_number", "")
    try:
        with transaction(signed_in.actor_id()) as tx:
            service.change_rights(tx, chosen, number)
    except Invalid as wrong:
        errors = {name: messages.field_error(code) for name, code in wrong.errors.items()}
        return _form(chosen, number, errors), 422
    flash(_("The rights are written down."), "success")
    return redirect(url_for("rights.show"), 303)


def _form(chosen: dict[str, list[str]], number: str, errors: dict[str, str]) -> str:
    reader = signed_in.reader_who(may_change_rights)
    return render_template(
        "membership/rights_edit.html",
        groups=[
            (one, [(right.value, messages.label(f"right.{right}")) for right in CHOOSABLE[one]])
            for one in Status
            if CHOOSABLE[one]
        ],
        chosen=chosen,
        number=number,
        errors=errors,
        needs_a_decision=needs_a_decision(reader),
    )
