"""Pages to take away: a page, a branch or all, as Markdown, as a site, as a document or a PDF."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import IO

from flask import (
    Blueprint,
    Response,
    current_app,
    flash,
    redirect,
    render_template,
    request,
    url_for,
)
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from intranet.core import clock
from intranet.core.file_names import PICTURES
from intranet.core.stored_files import path_of
from intranet.core.text import slugify
from intranet.core.transaction import Reader
from intranet.export.archive import Archive
from intranet.export.carried import carried_files
from intranet.export.document import chapters
from intranet.export.leaving import leaving, write_texts
from intranet.export.leaving_page import LeavingPage
from intranet.export.site import write_site
from intranet.export.site_words import site_words
from intranet.web import citations, links, pdf, signed_in

blueprint = Blueprint("export_pages", __name__, url_prefix="/export/pages")

CHUNK = 256 * 1024


def _chosen(reader: Reader, *, archived: bool) -> list[LeavingPage]:
    """The pages that the address asks for: `page` by its address, with those below it unless
    `alone` is said; all without one. Raises NotFound."""
    slug = request.args.get("page") or None
    found = leaving(reader, slug, below="alone" not in request.args)
    if archived or (slug and len(found) == 1):
        return found
    return [one for one in found if not one.page.archived_at]


def _named(pages: list[LeavingPage]) -> str:
    """A name for the file: that of the only page or branch, else that of the cooperative."""
    slug = request.args.get("page")
    return slug if slug and pages else slugify(signed_in.cooperative().name)


@blueprint.get("")
def index() -> str:
    """The forms in which pages leave, and what each is good for."""
    reader = signed_in.reader()
    pages = _chosen(reader, archived=False)
    slug = request.args.get("page") or None
    return render_template(
        "export/pages.html",
        top=pages[0].page if slug and pages else None,
        many=len(pages),
        has_pdf=pdf.is_available(),
    )


@blueprint.get("/markdown.zip")
def as_markdown() -> Response:
    """The texts to the byte, with their facts and files; importing them gives the same pages."""
    reader = signed_in.reader()
    pages = _chosen(reader, archived=True)
    archive = Archive()
    write_texts(reader, archive, pages)
    return _archive(archive, f"{_named(pages)}.zip")


@blueprint.get("/site.zip")
def as_site() -> Response:
    """A site of plain HTML files."""
    reader = signed_in.reader()
    pages = _chosen(reader, archived=False)
    archive = Archive()
    style = Path(current_app.static_folder or "") / "pdf" / "site.css"
    words = site_words(reader, signed_in.cooperative(), links.whole("home.show").rstrip("/"))
    write_site(reader, archive, pages, words, style)
    return _archive(archive, f"{_named(pages)}-site.zip")


@blueprint.get("/document")
def printed() -> str:
    """The pages as one document, made for paper."""
    return _document(paper=False)


@blueprint.get("/document.pdf")
def as_pdf() -> ResponseReturnValue:
    """The same document as a tagged PDF file, as long as making it does not keep others waiting."""
    document = _document(paper=True)
    if pdf.is_too_long(document):
        flash(_("This is too long for one PDF file: choose a branch, or print it."), "error")
        asked = {name: request.args.get(name) for name in ("page", "alone")}
        return redirect(url_for("export_pages.printed", **asked), 303)  # type: ignore[arg-type]
    reader = signed_in.reader()
    pages = _chosen(reader, archived=False)
    pictures = {
        file.address: (path_of(file.digest), file.media_type)
        for files in carried_files(reader, pages).values()
        for file in files
        if file.media_type in PICTURES
    }
    return pdf.download(f"{_named(pages)}.pdf", document, pictures)


def _document(*, paper: bool) -> str:
    reader = signed_in.reader()
    pages = _chosen(reader, archived=False)
    found = chapters(reader, pages)
    citations.prepare(reader, [one.html for one in found])
    return render_template(
        "export/document.html",
        chapters=found,
        is_one=len(found) == 1,
        asked=request.args.to_dict(),
        top=pages[0].page if request.args.get("page") and pages else None,
        day=clock.local_day(reader.now, signed_in.cooperative().zone),
        paper=paper,
        has_pdf=pdf.is_available(),
    )


def _archive(archive: Archive, name: str) -> Response:
    """The ZIP file piece by piece, closed after the last."""
    response = Response(_pieces(archive.finished()), mimetype="application/zip")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _pieces(file: IO[bytes]) -> Iterator[bytes]:
    with file:
        while piece := file.read(CHUNK):
            yield piece
