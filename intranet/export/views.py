"""The register to take away: as a table, JSON, Markdown, or one document to print or keep."""

from __future__ import annotations

import json

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from intranet.export import register
from intranet.export.archive import Archive
from intranet.export.print_queries import printed_register, years_told
from intranet.web import citations, messages, pdf, signed_in

blueprint = Blueprint("export", __name__, url_prefix="/export")


@blueprint.get("")
def index() -> str:
    """The forms in which the register leaves, and what each is good for."""
    return render_template("export/index.html", has_pdf=pdf.is_available())


@blueprint.get("/decisions.json")
def as_json() -> Response:
    """All decisions the reader may see, with their words, as one JSON object."""
    found = register.register_json(signed_in.reader())
    text = json.dumps(found, ensure_ascii=False, indent=2) + "\n"
    return _file("decisions.json", "application/json", text.encode())


@blueprint.get("/decisions.zip")
def as_markdown() -> Response:
    """One Markdown file for each decision, with its facts above its words, and the tables."""
    archive = Archive()
    register.write_register(signed_in.reader(), archive)
    return _file("decisions.zip", "application/zip", archive.content())


@blueprint.get("/register")
def printed() -> str:
    """The register as one document, made for paper."""
    return _document(paper=False)


@blueprint.get("/register.pdf")
def as_pdf() -> ResponseReturnValue:
    """The same document as a PDF file, as long as making it does not keep others waiting."""
    document = _document(paper=True)
    if pdf.is_too_long(document):
        flash(
            _("This is too long for one PDF file: choose a year, or print the document."), "error"
        )
        return redirect(url_for("export.printed", year=request.args.get("year")), 303)
    return pdf.download("register.pdf", document)


def _document(*, paper: bool) -> str:
    reader = signed_in.reader()
    year = request.args.get("year", type=int)
    found = printed_register(reader, year)
    citations.prepare(reader, [one.html for _year, all_ in found.years for one in all_])
    return render_template(
        "export/register.html",
        register=found,
        year=year,
        years=years_told(reader),
        paper=paper,
        has_pdf=pdf.is_available(),
        label=messages.label,
    )


def _file(name: str, kind: str, content: bytes) -> Response:
    response = Response(content, mimetype=kind)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
