"""Passkeys: the two conversations with a browser, and their list."""

from __future__ import annotations

from urllib.parse import urlsplit

from flask import Blueprint, Response, current_app, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from intranet.auth.passkeys import service
from intranet.auth.passkeys.service import Site
from intranet.auth.throttle import place
from intranet.core.policy import Invalid, Refused
from intranet.core.transaction import transaction
from intranet.web import devices, messages, signed_in
from intranet.web.entering import enter
from intranet.web.routes import for_any_account, own_path, public

blueprint = Blueprint("passkeys", __name__)


def site() -> Site:
    """The site that keys are for: the address of the settings, else the one that was asked."""
    asked = current_app.extensions["settings"].base_url or request.host_url
    parts = urlsplit(asked)
    return Site(parts.hostname or "", f"{parts.scheme}://{parts.netloc}")


def _json(text: str) -> Response:
    return Response(text, mimetype="application/json", headers={"Cache-Control": "no-store"})


def _no(refusal: Refused | Invalid) -> ResponseReturnValue:
    if isinstance(refusal, Invalid):
        return {"error": messages.field_error(refusal.errors["passkey"])}, 422
    wait = "seconds" in refusal.verdict.values
    return {"error": messages.reason(refusal.verdict)}, 429 if wait else 422


@blueprint.post("/account/passkeys/options")
@for_any_account
def creation_options() -> ResponseReturnValue:
    """What the browser needs to make a key."""
    with transaction(signed_in.actor_id()) as tx:
        return _json(service.creation_options(tx, site(), signed_in.cooperative().name))


@blueprint.post("/account/passkeys")
@for_any_account
def add() -> ResponseReturnValue:
    """Keep the key that the browser made."""
    answer = request.get_data(as_text=True)
    name = devices.words(request.user_agent.string)
    try:
        with transaction(signed_in.actor_id()) as tx:
            service.add(tx, answer, name, site())
    except Invalid as wrong:
        return _no(wrong)
    flash(_("This device now opens your account without a password."), "success")
    return {"next": url_for("auth.account")}


@blueprint.post("/account/passkeys/<int:passkey_id>/name")
@for_any_account
def rename(passkey_id: int) -> ResponseReturnValue:
    """Call a passkey otherwise."""
    with transaction(signed_in.actor_id()) as tx:
        service.rename(tx, passkey_id, request.form.get("name", ""))
    flash(_("The name is saved."), "success")
    return redirect(url_for("auth.account"), 303)


@blueprint.post("/account/passkeys/<int:passkey_id>/remove")
@for_any_account
def remove(passkey_id: int) -> ResponseReturnValue:
    """Let a device open the account no longer."""
    with transaction(signed_in.actor_id()) as tx:
        service.remove(tx, passkey_id)
    flash(_("The passkey is removed."), "success")
    return redirect(url_for("auth.account"), 303)


@blueprint.post("/sign-in/passkey/options")
@public
def request_options() -> ResponseReturnValue:
    """What the browser needs to answer with a key it holds."""
    try:
        with transaction(None) as tx:
            return _json(service.request_options(tx, site(), place(request.remote_addr)))
    except Refused as refusal:
        return _no(refusal)


@blueprint.post("/sign-in/passkey")
@public
def sign_in() -> ResponseReturnValue:
    """Open a session for the holder of a key."""
    answer, where = request.get_data(as_text=True), place(request.remote_addr)
    try:
        with transaction(None) as tx:
            agent = request.user_agent.string
            token = service.sign_in(tx, answer, site(), where, agent)
    except Refused as refusal:
        return _no(refusal)
    enter(token)
    return {"next": own_path(request.args.get("next"))}
