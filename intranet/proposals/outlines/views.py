"""Pages where members say what a proposal is asked to say."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from intranet.core.policy import Conflict, Invalid
from intranet.core.transaction import transaction
from intranet.proposals.outlines import queries, service
from intranet.proposals.outlines.forms import OutlineForm
from intranet.proposals.outlines.policy import may_write_outlines
from intranet.web import messages, signed_in
from intranet.web.outlines import shipped

blueprint = Blueprint("outlines", __name__, url_prefix="/proposals/outlines")


@blueprint.get("/")
def index() -> str:
    """The outlines, what they ask, and who wrote them."""
    reader = signed_in.reader()
    return render_template(
        "outlines/index.html",
        outlines=queries.every_outline(reader, shipped()),
        may_write=may_write_outlines(reader),
    )


@blueprint.get("/new")
def create() -> str:
    """The form of a new outline."""
    signed_in.reader_who(may_write_outlines)
    return render_template("outlines/edit.html", form=OutlineForm(), key="", versions=[])


@blueprint.post("/")
def add() -> ResponseReturnValue:
    """Write a new outline."""
    return _write("", OutlineForm.from_request(request.form))


@blueprint.get("/<key>")
def edit(key: str) -> str:
    """The form of the next version of an outline."""
    reader = signed_in.reader_who(may_write_outlines)
    form = OutlineForm.of(queries.outline(reader, shipped(), key))
    return _form(key, form)


@blueprint.post("/<key>")
def write(key: str) -> ResponseReturnValue:
    """Write the next version of an outline, or take it out of use."""
    queries.outline(signed_in.reader(), shipped(), key)
    return _write(key, OutlineForm.from_request(request.form))


def _write(key: str, form: OutlineForm) -> ResponseReturnValue:
    new = form.outline(key, retired=request.form.get("then") == "retire")
    try:
        with transaction(signed_in.actor_id()) as tx:
            service.write_outline(tx, new, form.number)
    except Invalid as problem:
        form.errors = {name: messages.field_error(code) for name, code in problem.errors.items()}
        return _form(key, form), 422
    except Conflict as conflict:
        form.errors = {"": messages.conflict(conflict)}
        return _form(key, form), 409
    flash(_("The outline is written down."), "success")
    return redirect(url_for("outlines.index"), 303)


def _form(key: str, form: OutlineForm) -> str:
    versions = queries.versions(signed_in.reader(), key) if key else []
    return render_template("outlines/edit.html", form=form, key=key, versions=versions)
