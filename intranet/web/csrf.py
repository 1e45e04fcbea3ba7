"""Forms that expired: nothing was saved, and what was typed is offered again."""

from __future__ import annotations

from flask import Flask, Response, make_response, render_template, request
from flask_babel import gettext as _
from flask_wtf.csrf import CSRFError, CSRFProtect
from werkzeug.exceptions import RequestEntityTooLarge

from intranet.web import wishes

protection = CSRFProtect()


def typed() -> list[tuple[str, str]]:
    """The fields of the form just sent, without its token and without passwords; none of one that
    was too large to be read, or for which the disk had no room."""
    try:
        fields = list(request.form.items(multi=True))
    except (RequestEntityTooLarge, OSError):
        return []
    return [
        (name, value) for name, value in fields if name != "csrf_token" and "password" not in name
    ]


def offer_again() -> Response:
    """A page with everything that was typed, in a form that can be sent again; a script is told
    in a sentence."""
    if wishes.json():
        return make_response({"error": _("Your session ended meanwhile. Nothing was saved.")}, 400)
    page = render_template("errors/expired.html", typed=typed(), action=request.full_path)
    return make_response(page, 400)


def install(app: Flask) -> None:
    """Check the token of every unsafe request."""
    protection.init_app(app)

    @app.errorhandler(CSRFError)
    def expired(_error: CSRFError) -> Response:
        return offer_again()
