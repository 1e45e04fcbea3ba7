"""The form by which a member enters what was decided on paper."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from intranet.core.policy import Conflict, Invalid
from intranet.core.transaction import transaction
from intranet.decisions import policy
from intranet.decisions.actions import queries as actions
from intranet.members import queries as members
from intranet.members.statuses import Audience
from intranet.papers import forms, service
from intranet.papers.forms import PaperForm
from intranet.web import messages, signed_in
from intranet.wiki import queries as wiki
from intranet.wiki.models import Layer

blueprint = Blueprint("papers", __name__, url_prefix="/decisions")


@blueprint.get("/new")
def create() -> str:
    """The form to enter a decision from a paper."""
    return _form(PaperForm.blank(request.args.get("page", "")))


def _form(form: PaperForm) -> str:
    reader = signed_in.reader_who(policy.may_record)
    return render_template(
        "papers/new.html",
        form=form,
        bodies=members.bodies(reader),
        readers=policy.audiences(reader),
        pages=wiki.ordinary_titles(reader),
        people=actions.owners(reader, Audience.WORKERS),
        layers=[(str(layer), messages.label(f"layer.{layer}")) for layer in Layer],
    )


@blueprint.post("")
def enter() -> ResponseReturnValue:
    """Enter a decision from a paper."""
    form = PaperForm.from_request(request.form)
    try:
        with transaction(signed_in.actor_id()) as tx:
            entered = service.enter_by_hand(tx, form.old_decision())
    except Invalid as problem:
        form.errors = {
            forms.SHOWN_AT.get(name, name): messages.field_error(code)
            for name, code in problem.errors.items()
        }
        return _form(form), 422
    except Conflict as conflict:
        form.errors = {"link_number": messages.conflict(conflict)}
        return _form(form), 409
    flash(_("%(number)s stands in the register.", number=entered.number), "success")
    return redirect(url_for("decisions.show", number=entered.number), 303)
