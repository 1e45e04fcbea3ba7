"""Files of pages, in and out."""

from __future__ import annotations

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.datastructures import FileStorage

from intranet.core.file_names import PICTURES
from intranet.core.policy import Conflict, Invalid, NotFound, Refused
from intranet.core.stored_files import Stored, TooLarge
from intranet.core.thumbnails import thumbnail
from intranet.core.transaction import transaction
from intranet.files.queries import AttachmentCard
from intranet.web import messages, signed_in, uploads, wishes
from intranet.wiki import reading
from intranet.wiki.addresses import file_address
from intranet.wiki.attachments import policy, queries, service
from intranet.wiki.forms import number_of
from intranet.wiki.views import refusal, today

blueprint = Blueprint("page_files", __name__, url_prefix="/wiki")

Sent = list[tuple[str, Stored]]


@blueprint.get("/<slug>/files")
def index(slug: str) -> str:
    """The files of a page, and the form that adds some."""
    return _index(slug, {})


def _index(slug: str, errors: dict[str, str]) -> str:
    reader = signed_in.reader()
    page = reading.page_by_slug(reader, slug, today(reader))
    return render_template(
        "wiki/files/index.html",
        page=page,
        files=queries.files_of(reader, page.id),
        add_refusal=refusal(policy.may_attach_to_page(reader, page)),
        most=uploads.most_megabytes(),
        errors=errors,
    )


@blueprint.post("/<slug>/files")
@uploads.takes_files
def add(slug: str) -> ResponseReturnValue:
    """Lay files beside a page; they are on the disk before this answers.

    A script that asks for JSON sends one file, and gets its address and the Markdown that shows it.
    """
    reader = signed_in.reader()
    page = reading.page_by_slug(reader, slug, today(reader))
    verdict = policy.may_attach_to_page(reader, page)
    if not verdict:
        raise Refused(verdict)
    try:
        sent = _kept()
    except (Invalid, TooLarge) as problem:
        code = "no_file_chosen" if isinstance(problem, Invalid) else "file_too_large"
        words = messages.field_error(code)
        return ({"error": words} if wishes.json() else _index(slug, {"file": words})), 422
    with transaction(signed_in.actor_id()) as tx:
        laid = [service.attach_to_page(tx, page.id, *one) for one in sent]
    if wishes.json():
        return _told(laid[0], queries.version_of(signed_in.reader(), laid[0].file_id, None)), 201
    flash(_said(laid), "success")
    return redirect(url_for("page_files.index", slug=slug), 303)


def _kept() -> Sent:
    return [(_name(file), uploads.keep(file)) for file in uploads.sent("file")]


def _name(file: FileStorage) -> str:
    return file.filename or ""


def _said(laid: list[service.Laid]) -> str:
    if any(one.is_new_version for one in laid):
        return _("The file has a new version; the earlier one is kept.")
    return ngettext("The file stands beside it.", "The %(num)d files stand beside it.", len(laid))


def _told(laid: service.Laid, newest: AttachmentCard) -> dict[str, object]:
    """What an editor needs to put a file into a text."""
    url = file_address(laid.file_id, laid.name)
    is_picture = newest.media_type in PICTURES
    label = laid.name.replace("\\", "\\\\").replace("[", "\\[").replace("]", "\\]")
    written = f"{'!' if is_picture else ''}[{label}]({url})"
    return {"url": url, "name": laid.name, "image": is_picture, "markdown": written}


@blueprint.get("/files/<int:number>")
def show(number: int) -> str:
    """A file: its versions, and the pages that show it."""
    found = queries.file_page(signed_in.reader(), number)
    return render_template(
        "wiki/files/show.html", found=found, change_refusal=refusal(found.change)
    )


@blueprint.get("/files/<int:number>/<name>")
def download(number: int, name: str) -> Response:  # noqa: ARG001
    """A file, to whoever may read its page now; a picture in its place, all else to be saved."""
    version = number_of(request.args.get("version"))
    card = queries.version_of(signed_in.reader(), number, version)
    if request.args.get("size") != "small":
        return uploads.hand_out(card, inline="save" not in request.args)
    small = thumbnail(card.digest) if card.media_type in PICTURES else None
    if small is None:
        raise NotFound
    return uploads.hand_out_picture(small)


@blueprint.post("/files/<int:number>/removal")
def remove(number: int) -> ResponseReturnValue:
    """Hide a file; the page that asks for it has shown where it is used."""
    with transaction(signed_in.actor_id()) as tx:
        service.remove_file(tx, number)
    flash(_("The file is removed. It can be put back."), "success")
    return _to_page(number)


@blueprint.post("/files/<int:number>/return")
def put_back(number: int) -> ResponseReturnValue:
    """Show a removed file again."""
    try:
        with transaction(signed_in.actor_id()) as tx:
            service.put_back_file(tx, number)
    except Conflict as conflict:
        flash(messages.conflict(conflict), "error")
        return _to_page(number)
    flash(_("The file is back."), "success")
    return _to_page(number)


def _to_page(number: int) -> ResponseReturnValue:
    slug = queries.file_page(signed_in.reader(), number).page.slug
    return redirect(url_for("page_files.index", slug=slug), 303)
