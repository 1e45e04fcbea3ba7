"""One's own data to take away: a question, and one file."""

from __future__ import annotations

from flask import Blueprint, Response, render_template

from intranet.export.archive import Archive
from intranet.export.own import taking
from intranet.web import signed_in
from intranet.web.routes import for_any_account

blueprint = Blueprint("own_data", __name__)


@blueprint.get("/account/data.zip")
@for_any_account
def take() -> Response:
    """Everything kept about whoever asks, in one ZIP file; nothing is changed by asking."""
    reader, archive = signed_in.reader(), Archive()
    archive.write("README.txt", render_template("export/own_data.txt"))
    taking.write_own_data(reader, archive)
    picture = taking.portrait_of(reader)
    if picture:
        archive.write_bytes("picture.jpg", picture)
    response = Response(archive.content(), mimetype="application/zip")
    response.headers["Content-Disposition"] = 'attachment; filename="my-data.zip"'
    response.headers["Cache-Control"] = "private, no-store"
    return response
