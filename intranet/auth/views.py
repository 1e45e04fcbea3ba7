"""Pages to come in and to leave."""

from __future__ import annotations

from flask import Blueprint, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_login import login_user, logout_user

from intranet.auth import queries, service
from intranet.core import clock
from intranet.core.db import db
from intranet.core.policy import Refused
from intranet.core.transaction import transaction
from intranet.web import messages, signed_in
from intranet.web.routes import own_path, public

blueprint = Blueprint("auth", __name__)


@blueprint.get("/sign-in")
@public
def sign_in() -> ResponseReturnValue:
    """The form to sign in."""
    if signed_in.session_user():
        return redirect(url_for("home.show"))
    return render_template("auth/sign_in.html", next=own_path(request.args.get("next")))


@blueprint.post("/sign-in")
@public
def open_session() -> ResponseReturnValue:
    """Check address and password, and open a session."""
    email, password = request.form.get("email", ""), request.form.get("password", "")
    target = own_path(request.form.get("next"))
    try:
        with transaction(None) as tx:
            device = request.user_agent.string
            token = service.sign_in(tx, email, password, device)
    except Refused as refusal:
        said = messages.reason(refusal.verdict)
        page = render_template("auth/sign_in.html", next=target, email=email, error=said)
        return page, 422
    session.clear()
    login_user(queries.signed_in(db.session(), token, clock.now()))
    return redirect(target)


@blueprint.post("/sign-out")
def sign_out() -> ResponseReturnValue:
    """End the session on the server, then forget it here."""
    user = signed_in.session_user()
    if user:
        with transaction(signed_in.actor_id()) as tx:
            service.sign_out(tx, user.sign_in_id)
    logout_user()
    session.clear()
    return redirect(url_for("auth.sign_in"))


@blueprint.get("/waiting")
@public
def waiting() -> str:
    """What a visitor sees while the installation is not set up."""
    return render_template("auth/waiting.html")
