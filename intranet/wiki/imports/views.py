"""Bringing pages in from elsewhere: send an archive, read what would happen, then confirm."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from intranet.core.policy import Conflict, Invalid, Refused
from intranet.core.stored_files import TooLarge
from intranet.core.transaction import transaction
from intranet.web import messages, readers, signed_in, uploads
from intranet.wiki import tree
from intranet.wiki.formats import docx
from intranet.wiki.formats.raw import Unusable
from intranet.wiki.forms import number_of
from intranet.wiki.imports import jobs, parcels, queries, service
from intranet.wiki.imports.foreseeing import Foreseen, foresee
from intranet.wiki.imports.policy import may_import
from intranet.wiki.imports.reading import Form, form_of, found_in, opened
from intranet.wiki.imports.report import Target
from intranet.wiki.policy import may_write

blueprint = Blueprint("imports", __name__, url_prefix="/wiki/imports")

AUTO = "auto"


@blueprint.get("")
def index() -> str:
    """The form that takes an archive, and one's last imports."""
    return _index({}, {})


def _index(typed: dict[str, Any], errors: dict[str, str]) -> str:
    reader = signed_in.reader()
    verdict = may_write(reader)
    if not verdict:
        raise Refused(verdict)
    return render_template(
        "wiki/imports/index.html",
        jobs=queries.jobs_of(reader),
        forms=[(form, messages.label(f"form.{form}")) for form in (AUTO, *Form)],
        audiences=readers.choices(reader),
        pages=tree.choices(reader),
        most=uploads.most_megabytes(),
        reads_documents=docx.is_read_here(),
        typed=typed,
        errors=errors,
        label=messages.label,
    )


@blueprint.post("")
@uploads.takes_files
def send() -> ResponseReturnValue:
    """Take an archive and look at it; nothing is written into the wiki yet."""
    reader = signed_in.reader()
    target = Target(request.form.get("audience", ""), number_of(request.form.get("parent")))
    verdict = may_import(reader, target.audience)
    if not verdict:
        raise Refused(verdict)
    try:
        file = next(uploads.sent("archive"))
        parcel = parcels.keep(file.stream, uploads.most_megabytes() * 1024 * 1024)  # type: ignore[arg-type]
    except (Invalid, TooLarge) as problem:
        code = "no_file_chosen" if isinstance(problem, Invalid) else "file_too_large"
        return _index(dict(request.form), {"archive": messages.field_error(code)}), 422
    try:
        return _looked_at(file.filename or "", parcel, target)
    except (Unusable, Invalid) as problem:
        parcels.throw_away(parcel)
        code = problem.reason.code if isinstance(problem, Unusable) else "wiki.parent_unknown"
        field = "archive" if isinstance(problem, Unusable) else "parent"
        return _index(dict(request.form), {field: messages.field_error(code)}), 422


def _looked_at(name: str, parcel: str, target: Target) -> ResponseReturnValue:
    """Keep what the import would do, and show it. Raises Unusable, Invalid."""
    form, foreseen = _foreseen(name, parcel)
    told = jobs.stored(foreseen.report, foreseen.new, foreseen.updated)
    with transaction(signed_in.actor_id()) as tx:
        sent = service.Sent(name, parcel, form)
        job_id = service.note_import(tx, sent, target, told, foreseen.total)
    return redirect(url_for("imports.show", job_id=job_id), 303)


def _foreseen(name: str, parcel: str) -> tuple[Form, Foreseen]:
    wanted = request.form.get("form", AUTO)
    with opened(parcels.path_of(parcel), name) as gathered:
        form = Form(wanted) if wanted in set(Form) else form_of(gathered)
        found = found_in(gathered, form)
        if not found.files:
            raise Unusable("import.nothing")
        return form, foresee(signed_in.reader(), found, parcels.most_bytes())


@blueprint.get("/<int:job_id>")
def show(job_id: int) -> str:
    """What an import would do, how far it is, or what it did."""
    reader = signed_in.reader()
    job = queries.job_of(reader, job_id)
    skipped = [
        (path, messages.hint(reason.code, {"detail": reason.detail}))
        for path, reason in job.report.skipped
    ]
    return render_template(
        "wiki/imports/show.html",
        job=job,
        skipped=skipped,
        audience=readers.words(reader, job.target.audience),
        label=messages.label,
    )


@blueprint.post("/<int:job_id>/confirmation")
def confirm(job_id: int) -> ResponseReturnValue:
    """Let the worker carry the import out."""
    return _answered(job_id, service.confirm_import, _("The import has begun."))


@blueprint.post("/<int:job_id>/refusal")
def give_up(job_id: int) -> ResponseReturnValue:
    """Forget an import that was only looked at, and throw the archive away."""
    parcel = queries.job_of(signed_in.reader(), job_id).parcel
    answer = _answered(job_id, service.give_import_up, _("Nothing was imported."))
    if not queries.job_of(signed_in.reader(), job_id).is_under_way:
        parcels.throw_away(parcel)
    return answer


def _answered(job_id: int, command: Any, said: str) -> ResponseReturnValue:
    try:
        with transaction(signed_in.actor_id()) as tx:
            command(tx, job_id)
    except Conflict as conflict:
        flash(messages.conflict(conflict), "error")
        return redirect(url_for("imports.show", job_id=job_id), 303)
    flash(said, "success")
    return redirect(url_for("imports.show", job_id=job_id), 303)
