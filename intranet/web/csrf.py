"""Forms that expired: nothing was saved, and what was typed is offered again."""

from __future__ import annotations

from flask import Flask, Response, make_response, render_template, request
from flask_wtf.csrf import CSRFError, CSRFProtect

HIDDEN = frozenset({"csrf_token"})
NEVER_SHOWN = frozenset({"password", "new_password"})

protection = CSRFProtect()


def install(app: Flask) -> None:
    """Check the token of every unsafe request."""
    protection.init_app(app)

    @app.errorhandler(CSRFError)
    def expired(_error: CSRFError) -> Response:
        typed = [
            (name, value)
            for name, value in request.form.items(multi=True)
            if name not in HIDDEN | NEVER_SHOWN
        ]
        page = render_template("errors/expired.html", typed=typed, action=request.full_path)
        return make_response(page, 400)
