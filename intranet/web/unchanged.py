"""Pages that did not change since this browser read them are answered without being made."""

from __future__ import annotations

import hashlib

from flask import Response, current_app, make_response, request, session

from intranet.web import signed_in
from intranet.web.language import locale


def tag_of(*parts: object) -> str:
    """A word that is another one as soon as anything on the page would be: these parts, the
    person and their rights, the language, the cooperative, the form token, the style sheet."""
    around = (
        signed_in.actor(),
        signed_in.cooperative(),
        locale(),
        session.get("csrf_token"),
        current_app.jinja_env.globals["asset"]("css/main.css"),  # type: ignore[operator]
    )
    said = "\n".join(map(repr, (*around, *parts)))
    return hashlib.blake2b(said.encode(errors="replace"), digest_size=16).hexdigest()


def not_modified(tag: str) -> Response | None:
    """The answer 304 when the browser holds the page under this tag and nothing is to be said."""
    has_message = "_flashes" in session
    if has_message or current_app.debug or not request.if_none_match.contains_weak(tag):
        return None
    response = make_response("", 304)
    response.set_etag(tag, weak=True)
    return response


def tagged(body: str, tag: str) -> Response:
    """The page, with its tag."""
    response = make_response(body)
    response.set_etag(tag, weak=True)
    return response
