"""The first visit: the page that sets an installation up, behind its one-time link."""

from __future__ import annotations

from pathlib import Path

from flask import Blueprint, current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from intranet.core.actor import SYSTEM
from intranet.core.policy import Invalid
from intranet.core.transaction import reader, transaction
from intranet.founding import example, service
from intranet.founding.service import Founding
from intranet.web import language, messages
from intranet.web.routes import public

blueprint = Blueprint("founding", __name__)

FIELDS = ("name", "locale", "person", "email", "password")


@blueprint.get("/setup/<token>")
@public
def show(token: str) -> ResponseReturnValue:
    """The form that sets the installation up."""
    if not _opens(token):
        return render_template("founding/no_link.html"), 404
    return _form({"locale": "fr"}, {})


@blueprint.post("/setup/<token>")
@public
def found(token: str) -> ResponseReturnValue:
    """Set the installation up and offer to sign in."""
    if not _opens(token):
        return render_template("founding/no_link.html"), 404
    typed = {name: request.form.get(name, "") for name in FIELDS}
    start = request.form.get("start", "empty")
    try:
        with transaction(None) as tx:
            service.found_cooperative(tx, Founding(**typed), frozenset(language.LANGUAGES))
    except Invalid as wrong:
        return _form({**typed, "start": start}, wrong.errors), 422
    service.forget_link(_instance())
    if start == "example" and example.IS_AVAILABLE:
        example.load(current_app._get_current_object())  # type: ignore[attr-defined]
    flash(_("The intranet is set up. Sign in with your address and your password."), "success")
    return redirect(url_for("auth.sign_in"), 303)


def _instance() -> Path:
    return Path(current_app.instance_path)


def _opens(token: str) -> bool:
    return service.link_opens(reader(SYSTEM), _instance(), token)


def _form(typed: dict[str, str], errors: dict[str, str]) -> str:
    return render_template(
        "founding/form.html",
        typed=typed,
        errors={name: messages.field_error(code) for name, code in errors.items()},
        has_example=example.IS_AVAILABLE,
    )
