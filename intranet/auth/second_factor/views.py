"""Pages of the second factor: setting it up, and the code at sign-in."""

from __future__ import annotations

import io

import segno
from flask import (
    Blueprint,
    current_app,
    flash,
    make_response,
    redirect,
    render_template,
    request,
    url_for,
)
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from markupsafe import Markup

from intranet.auth import credentials, ownership
from intranet.auth import queries as auth_queries
from intranet.auth import service as auth_service
from intranet.auth.credentials import Proof
from intranet.auth.second_factor import codes, queries, service
from intranet.auth.throttle import place
from intranet.core.policy import Invalid, Refused
from intranet.core.transaction import transaction
from intranet.web import entering, messages, signed_in
from intranet.web.routes import for_any_account, own_path, public

blueprint = Blueprint("second_factor", __name__)


def _waiting() -> ownership.Waiting | None:
    kept = entering.who_waits()
    return ownership.Waiting(*kept) if kept else None


@blueprint.get("/sign-in/code")
@public
def code() -> ResponseReturnValue:
    """The form for the code that the account asks for."""
    if _waiting() is None:
        return redirect(url_for("auth.sign_in"))
    return render_template("auth/code.html", next=own_path(request.args.get("next")), error="")


@blueprint.post("/sign-in/code")
@public
def pass_code() -> ResponseReturnValue:
    """Check the code and open the session."""
    waiting, target = _waiting(), own_path(request.form.get("next"))
    if waiting is None:
        flash(_("Too much time has passed. Sign in again."), "warning")
        return redirect(url_for("auth.sign_in", next=target), 303)
    typed, where = request.form.get("password_code", ""), place(request.remote_addr)
    try:
        with transaction(None) as tx:
            service.attempt(tx, waiting.account_id)
        with transaction(None) as tx:
            agent = request.user_agent.string
            token = service.sign_in(tx, waiting, typed, _secret(), where, agent)
    except Refused as refusal:
        error = messages.reason(refusal.verdict)
        page = render_template("auth/code.html", next=target, error=error)
        seconds = refusal.verdict.values.get("seconds")
        return (page, 429, {"Retry-After": str(seconds)}) if seconds else (page, 422)
    entering.enter(token)
    return redirect(target, 303)


def _secret() -> str:
    return str(current_app.extensions["settings"].secret_key)


@blueprint.get("/account/second-factor")
@for_any_account
def show() -> str:
    """Where the second factor stands: not begun, being set up, or set."""
    return _page({})


def _page(errors: dict[str, str]) -> str:
    reader = signed_in.reader()
    account = auth_queries.own_account(reader)
    factor = queries.factor(reader, account.id)
    picture = seed = ""
    if factor and factor.since is None:
        name = signed_in.cooperative().name
        picture = _picture(codes.address(_secret(), factor.salt, account.email, name))
        seed = codes.seed(_secret(), factor.salt)
    return render_template(
        "auth/second_factor.html",
        account=account,
        factor=factor,
        picture=picture,
        seed=" ".join(seed[at : at + 4] for at in range(0, len(seed), 4)),
        errors={name: messages.field_error(code) for name, code in errors.items()},
    )


def _picture(address: str) -> Markup:
    """The square picture of an address, as SVG without any style of its own."""
    out = io.BytesIO()
    segno.make(address, micro=False).save(
        out, kind="svg", scale=5, border=4, light="#fff", xmldecl=False, svgns=False, nl=False,
        svgclass=None, lineclass=None,
    )  # fmt: skip
    return Markup(out.getvalue().decode())  # noqa: S704 - made here, of an address that is encoded


@blueprint.post("/account/second-factor")
@for_any_account
def begin() -> ResponseReturnValue:
    """Begin to set the second factor up."""
    with transaction(signed_in.actor_id()) as tx:
        service.begin(tx)
    return redirect(url_for("second_factor.show"), 303)


def _proof() -> Proof | None:
    email = auth_queries.own_account(signed_in.reader()).email
    with transaction(None) as tx:
        auth_service.attempt(tx, email, place(request.remote_addr))
    return credentials.prove(signed_in.reader(), email, request.form.get("password", ""))


def _codes(made: list[str]) -> ResponseReturnValue:
    answer = make_response(render_template("auth/recovery_codes.html", codes=made))
    answer.headers["Cache-Control"] = "no-store"
    return answer


@blueprint.post("/account/second-factor/confirmation")
@for_any_account
def confirm() -> ResponseReturnValue:
    """Confirm the set-up by a first code, and show the recovery codes this once."""
    proof, typed = _proof(), request.form.get("password_code", "")
    try:
        with transaction(signed_in.actor_id()) as tx:
            made = service.confirm(tx, proof, typed, _secret())
    except Invalid as wrong:
        return _page(wrong.errors), 422
    return _codes(made)


@blueprint.post("/account/second-factor/recovery-codes")
@for_any_account
def renew_codes() -> ResponseReturnValue:
    """Make new recovery codes and show them this once."""
    proof = _proof()
    try:
        with transaction(signed_in.actor_id()) as tx:
            made = service.renew_codes(tx, proof)
    except Invalid as wrong:
        return _page(wrong.errors), 422
    return _codes(made)


@blueprint.post("/account/second-factor/removal")
@for_any_account
def remove() -> ResponseReturnValue:
    """Take one's own second factor away."""
    proof = _proof()
    try:
        with transaction(signed_in.actor_id()) as tx:
            service.remove(tx, proof)
    except Invalid as wrong:
        return _page(wrong.errors), 422
    flash(_("The second factor is removed."), "success")
    return redirect(url_for("auth.account"), 303)
