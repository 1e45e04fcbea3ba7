"""What kind of answer whoever asks would like: a page, or facts for a script of ours."""

from __future__ import annotations

from flask import request


def json() -> bool:
    """Whether a script asks, which reads JSON and no pages."""
    best = request.accept_mimetypes.best_match(["text/html", "application/json"])
    return best == "application/json"
