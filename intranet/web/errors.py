"""Refusals and failures, each with its status, in words and without a trace."""

from __future__ import annotations

import logging
import secrets

from flask import Flask, Response, make_response, render_template, request
from flask_babel import gettext as _
from sqlalchemy.exc import DataError, OperationalError
from sqlalchemy.orm.exc import StaleDataError
from werkzeug.exceptions import HTTPException, SecurityError

from intranet.core.obstacles import CannotWrite, NoRoom, obstacle
from intranet.core.policy import Conflict, Invalid, NotFound, Refused
from intranet.web import csrf, messages, wishes

log = logging.getLogger("intranet")
SECRETS = frozenset({"token", "marked"})
"""The parts of addresses that open something by themselves."""


def page(status: int, title: str, reason: str) -> Response:
    """An error page that says what happened, and gives back what was typed; a script is told in a
    sentence."""
    if wishes.json():
        return make_response({"error": reason}, status)
    kept = [value for _name, value in csrf.typed() if len(value) > 40]
    body = render_template("errors/error.html", code=status, title=title, reason=reason, kept=kept)
    return make_response(body, status)


def _refused(error: Refused) -> Response:
    reason = messages.reason(error.verdict)
    seconds = error.verdict.values.get("seconds")
    if seconds:
        answer = page(429, _("Too many attempts"), reason)
        answer.headers["Retry-After"] = str(seconds)
        return answer
    return page(403, _("This is not possible for you"), reason)


def _not_found(_error: Exception) -> Response:
    return page(
        404, _("There is nothing here"), _("The page may have moved, or you may not read it.")
    )


def _conflict(error: Conflict) -> Response:
    return page(409, _("This changed meanwhile"), messages.conflict(error))


def _stale(_error: StaleDataError) -> Response:
    return page(
        409,
        _("This changed meanwhile"),
        _("Somebody was faster by a moment. Reload the page and look again before you go on."),
    )


def _invalid(error: Invalid) -> Response:
    words = " ".join(messages.field_error(code) for code in error.errors.values())
    return page(422, _("Something is missing or unclear"), words)


def _cannot_write(error: Exception) -> Response:
    why = obstacle(error)
    if why is None:
        return _failed(error)
    if isinstance(why, NoRoom):
        log.error("no room left on the disk, on %s %s", request.method, _address())
        return page(
            507,
            _("The intranet has no room left"),
            _("Nothing was saved: the disk is full. Tell your administrator; one can still read."),
        )
    return page(
        503,
        _("Too many people are saving at once"),
        _("Nothing was saved. Wait a few seconds and send the form again."),
    )


def _http(error: HTTPException) -> Response:
    status = error.code or 500
    if status in (301, 302, 303, 307, 308):
        return error.get_response()  # type: ignore[return-value]
    return page(status, messages.http_title(status), messages.http_message(status))


def _other_host(_error: SecurityError) -> Response:
    """For a host that is not ours no link can be made, so this is no page."""
    said = _("The intranet does not answer to this address.")
    return Response(said, 400, mimetype="text/plain")


def _address() -> str:
    """The path asked for, without the secret of a link that would open something by itself."""
    path = request.path
    for name in SECRETS & (request.view_args or {}).keys():
        path = path.replace((request.view_args or {})[name], "…")
    return path


def _failed(error: Exception) -> Response:
    number = secrets.token_hex(4)
    log.error("error %s on %s %s", number, request.method, _address(), exc_info=error)
    return page(
        500,
        _("Something went wrong on our side"),
        _("Nothing was saved. Tell your administrator this number: %(number)s", number=number),
    )


def install(app: Flask) -> None:
    """Answer every refusal and failure with a page of ours."""
    app.register_error_handler(Refused, _refused)
    app.register_error_handler(NotFound, _not_found)
    app.register_error_handler(404, _not_found)
    # A number too large for the database is the number of nothing.
    app.register_error_handler(OverflowError, _not_found)
    app.register_error_handler(DataError, _not_found)
    app.register_error_handler(Conflict, _conflict)
    app.register_error_handler(StaleDataError, _stale)
    app.register_error_handler(Invalid, _invalid)
    for error in (CannotWrite, OperationalError, OSError):
        app.register_error_handler(error, _cannot_write)
    app.register_error_handler(SecurityError, _other_host)
    app.register_error_handler(HTTPException, _http)
    if not app.testing:
        app.register_error_handler(Exception, _failed)
