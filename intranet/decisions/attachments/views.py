"""Files beside a decision, in and out."""

from __future__ import annotations

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import ngettext

from intranet.core.policy import Invalid, Refused
from intranet.core.stored_files import TooLarge
from intranet.core.transaction import transaction
from intranet.decisions import page_queries
from intranet.decisions.attachments import queries, service
from intranet.web import messages, signed_in, uploads

blueprint = Blueprint("decision_files", __name__, url_prefix="/decisions")


@blueprint.get("/<number>/files/new")
def create(number: str) -> str:
    """The form to lay files beside a decision."""
    return _form(number, {})


def _form(number: str, errors: dict[str, str]) -> str:
    reader = signed_in.reader()
    verdict = queries.adding(reader, number)
    if not verdict:
        raise Refused(verdict)
    page = page_queries.decision(reader, number)
    most = uploads.most_megabytes()
    return render_template("decisions/attach.html", page=page, most=most, errors=errors)


@blueprint.post("/<number>/files")
@uploads.takes_files
def add(number: str) -> ResponseReturnValue:
    """Lay files beside a decision; they are on the disk before this answers."""
    verdict = queries.adding(signed_in.reader(), number)
    if not verdict:
        raise Refused(verdict)
    try:
        named = [(file.filename or "", uploads.keep(file)) for file in uploads.sent("files")]
    except (Invalid, TooLarge) as problem:
        code = "no_file_chosen" if isinstance(problem, Invalid) else "file_too_large"
        return _form(number, {"files": messages.field_error(code)}), 422
    with transaction(signed_in.actor_id()) as tx:
        for name, stored in named:
            service.attach_file(tx, number, name, stored)
    many = ngettext("The file stands beside it.", "The %(num)d files stand beside it.", len(named))
    flash(many, "success")
    return redirect(url_for("decisions.show", number=number, _anchor="files"), 303)


@blueprint.get("/<number>/files/<int:attachment_id>")
def download(number: str, attachment_id: int) -> Response:
    """A file, to whoever may read the decision now."""
    card = queries.file_of(signed_in.reader(), number, attachment_id)
    return uploads.hand_out(card, inline=bool(request.args.get("show")))
