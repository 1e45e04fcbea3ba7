"""Pages for a forgotten password."""

from __future__ import annotations

from flask import Blueprint, flash, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from intranet.auth.resets import queries, service
from intranet.auth.throttle import place
from intranet.core.policy import Invalid, Refused
from intranet.core.transaction import transaction
from intranet.outbox import queries as outbox
from intranet.web import links, messages, signed_in
from intranet.web.routes import public

blueprint = Blueprint("resets", __name__)


@blueprint.get("/password/forgotten")
@public
def forgotten() -> str:
    """The form for somebody who forgot their password."""
    return _forgotten(asked=False)


def _forgotten(asked: bool, error: str = "") -> str:
    return render_template(
        "auth/forgotten.html", asked=asked, error=error, has_mail=outbox.has_mail()
    )


@blueprint.post("/password/forgotten")
@public
def ask() -> ResponseReturnValue:
    """Leave word for the worker and the administrators; the answer is the same for every
    address."""
    try:
        with transaction(None) as tx:
            service.ask(tx, request.form.get("email", ""), place(request.remote_addr))
    except Refused as refusal:
        error = messages.reason(refusal.verdict)
        wait = {"Retry-After": str(refusal.verdict.values["seconds"])}
        return _forgotten(asked=False, error=error), 429, wait
    return _forgotten(asked=True)


@blueprint.post("/administration/accounts/<int:account_id>/reset-link")
def make_link(account_id: int) -> ResponseReturnValue:
    """Make a link for a new password: it leaves by mail, or is shown this once."""
    with transaction(signed_in.actor_id()) as tx:
        handed = service.make_link(tx, account_id, by_mail="by_hand" not in request.form)
    link = "" if handed.is_mailed else links.whole("resets.show", token=handed.token)
    page = render_template(
        "auth/reset_link.html", link=link, email=handed.email, account_id=account_id
    )
    answer = make_response(page)
    answer.headers["Cache-Control"] = "no-store"
    return answer


@blueprint.get("/password/<token>")
@public
def show(token: str) -> ResponseReturnValue:
    """The form to choose a new password."""
    return _form(token, "")


def _form(token: str, error: str) -> ResponseReturnValue:
    email = queries.behind_link(signed_in.reader(), token)
    if email is None:
        return render_template("auth/reset_over.html"), 404
    page = render_template("auth/reset.html", email=email, error=error)
    return page, 422 if error else 200


@blueprint.post("/password/<token>")
@public
def choose(token: str) -> ResponseReturnValue:
    """Choose the new password, then sign in with it."""
    try:
        with transaction(None) as tx:
            service.choose_anew(tx, token, request.form.get("new_password", ""))
    except Invalid as wrong:
        return _form(token, messages.field_error(wrong.errors["new_password"]))
    flash(_("Your password is changed. Sign in with it."), "success")
    return redirect(url_for("auth.sign_in"), 303)
