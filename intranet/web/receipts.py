"""The receipt of a secret ballot: shown in one answer, and kept by nobody but the voter."""

from __future__ import annotations

from flask import Response, make_response, render_template


def shown_once(code: str, address: str, name: str = "") -> Response:
    """The page with a receipt, which no browser keeps; `name` is whose voice was given when it is
    another person's. A redirection would have to keep the receipt somewhere on its way."""
    page = render_template("polls/receipt.html", code=code, address=address, name=name)
    answer = make_response(page)
    answer.headers["Cache-Control"] = "no-store"
    return answer
