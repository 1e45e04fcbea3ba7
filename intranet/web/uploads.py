"""Files on their way in and out: larger bodies for the forms that send them, nothing that runs."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import TypeVar

from flask import Flask, Response, current_app, request, send_file
from werkzeug.datastructures import FileStorage

from intranet.core import stored_files
from intranet.core.file_names import PICTURES, media_type
from intranet.core.policy import Invalid, NotFound
from intranet.files.queries import AttachmentCard

View = TypeVar("View", bound=Callable[..., object])
MEGABYTE = 1024 * 1024
AROUND_FILES = 64 * 1024
# Whatever the file is, a browser that shows it runs nothing of it and gives it nothing of ours.
CLOSED = "sandbox; default-src 'none'; style-src 'none'"


def takes_files(view: View) -> View:
    """Mark a view whose form may send files, as large as the setting says."""
    view.takes_files = True  # type: ignore[attr-defined]
    return view


def most_megabytes() -> int:
    """How large one sending of files may be."""
    return int(current_app.extensions["settings"].max_file_megabytes)


def install(app: Flask) -> None:
    """Let the marked views receive more; must come before whatever reads the form."""

    @app.before_request
    def allow() -> None:
        view = app.view_functions.get(request.endpoint or "")
        if getattr(view, "takes_files", False):
            request.max_content_length = most_megabytes() * MEGABYTE + AROUND_FILES


def sent(field: str) -> Iterator[FileStorage]:
    """The files chosen in a field of the form. Raises Invalid when there is none."""
    files = [file for file in request.files.getlist(field) if file.filename]
    if not files:
        raise Invalid(**{field: "no_file_chosen"})
    yield from files


def keep(file: FileStorage) -> stored_files.Stored:
    """Put a file that was sent on the disk, before anything is said of it."""
    with closing(file):
        return stored_files.keep(file.stream, most_megabytes() * MEGABYTE)  # type: ignore[arg-type]


def hand_out(card: AttachmentCard, *, inline: bool = False) -> Response:
    """The bytes of a file, unchanged, to be saved and not shown; a picture may be shown.

    Whoever calls has checked the right to it at this moment. Raises NotFound when the disk has
    lost it, which the administrator learns from the checks.
    """
    if not stored_files.is_there(card.stored):
        current_app.logger.error("the file %s is not on the disk", card.digest)
        raise NotFound
    is_shown = inline and card.media_type in PICTURES
    response = send_file(
        stored_files.path_of(card.digest),
        mimetype=card.media_type,
        as_attachment=not is_shown,
        download_name=card.name,
        etag=card.digest,
        last_modified=card.at,
    )
    response.headers["Content-Security-Policy"] = CLOSED
    return response


def hand_out_picture(path: Path) -> Response:
    """A small picture that we made ourselves, shown in its place. Whoever calls has checked the
    right to the large one at this moment."""
    with path.open("rb") as file:
        kind = media_type(file.read(16))
    response = send_file(path, mimetype=kind)
    response.headers["Content-Security-Policy"] = CLOSED
    return response
