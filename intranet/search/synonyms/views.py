"""The page where members say what they call the same thing."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from intranet.core.policy import Conflict, Invalid
from intranet.core.transaction import transaction
from intranet.search.synonyms import queries, service
from intranet.search.synonyms.policy import may_write_synonyms
from intranet.web import messages, signed_in

blueprint = Blueprint("synonyms", __name__, url_prefix="/search/names")


@blueprint.get("/")
def show() -> str:
    """The list, who wrote it, and the form for those who may change it."""
    known = queries.versions(signed_in.reader())
    return _page(known[0].text, known[0].number, {})


@blueprint.post("/")
def write() -> ResponseReturnValue:
    """Write the next version of the list."""
    text = request.form.get("text", "")
    number = request.form.get("number", 0, type=int)
    try:
        with transaction(signed_in.actor_id()) as tx:
            service.write_synonyms(tx, text, number)
    except Invalid as problem:
        errors = {name: messages.field_error(code) for name, code in problem.errors.items()}
        return _page(text, number, errors), 422
    except Conflict as conflict:
        now = queries.versions(signed_in.reader())[0]
        errors = {"text": messages.conflict(conflict)}
        return _page(text, now.number, errors, newer=now.text), 409
    flash(_("The list is written down: the search uses it from now on."), "success")
    return redirect(url_for("synonyms.show"), 303)


def _page(text: str, number: int, errors: dict[str, str], newer: str = "") -> str:
    reader = signed_in.reader()
    return render_template(
        "search/names.html",
        text=text,
        number=number,
        errors=errors,
        newer=newer,
        versions=[one for one in queries.versions(reader) if one.number],
        may_write=may_write_synonyms(reader),
    )
