"""Headers that every answer carries, and requests from other sites refused."""

from __future__ import annotations

from flask import Flask, Response, abort, request

POLICY = (
    "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; "
    "frame-ancestors 'none'; form-action 'self'"
)
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})


def install(app: Flask) -> None:
    """Refuse cross-site changes before anything else and set the headers after everything."""

    @app.before_request
    def refuse_other_sites() -> None:
        elsewhere = request.headers.get("Sec-Fetch-Site") == "cross-site"
        if elsewhere and request.method not in SAFE_METHODS:
            abort(403)

    @app.before_request
    def refuse_nul() -> None:
        """No text of ours holds the character NUL, and PostgreSQL cannot keep it."""
        typed = request.form.values() if request.method not in SAFE_METHODS else ()
        if "\x00" in request.path or any("\x00" in value for value in typed):
            abort(400)

    @app.after_request
    def add_headers(response: Response) -> Response:
        headers = response.headers
        headers.setdefault("Content-Security-Policy", POLICY)
        headers["X-Content-Type-Options"] = "nosniff"
        headers["Referrer-Policy"] = "same-origin"
        headers["Cross-Origin-Opener-Policy"] = "same-origin"
        if "token" in (request.view_args or {}):
            # Whoever has the address has the right: nothing keeps a copy of what it shows.
            headers.setdefault("Cache-Control", "private, no-store")
        elif request.endpoint != "static":
            headers.setdefault("Cache-Control", "private, no-cache")
        if app.extensions["settings"].https:
            headers["Strict-Transport-Security"] = "max-age=31536000"
        return response
