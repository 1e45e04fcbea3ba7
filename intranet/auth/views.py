"""Pages to come in, to leave, and to look after one's own account."""

from __future__ import annotations

from contextlib import suppress

from flask import Blueprint, flash, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import logout_user

from intranet.auth import credentials, queries, service
from intranet.auth.notices import queries as notices
from intranet.auth.ownership import CodeAsked
from intranet.auth.passkeys import queries as passkeys
from intranet.auth.second_factor import queries as second_factor
from intranet.auth.single_sign_on import queries as single_sign_on
from intranet.auth.throttle import place
from intranet.core import clock
from intranet.core.obstacles import CannotWrite
from intranet.core.policy import Invalid, Refused, Verdict
from intranet.core.transaction import transaction
from intranet.web import entering, language, messages, signed_in
from intranet.web.routes import for_any_account, own_path, public

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
    """Count the attempt, check address and password, and open a session."""
    email, password = request.form.get("email", ""), request.form.get("password", "")
    where, target = place(request.remote_addr), own_path(request.form.get("next"))
    try:
        with transaction(None) as tx:
            service.attempt(tx, email, where)
        proof = credentials.prove(signed_in.reader(), email, password)
        with transaction(None) as tx:
            token = service.sign_in(tx, proof, email, where, request.user_agent.string)
    except CodeAsked as asked:
        entering.wait_for_code(asked.waiting.account_id, asked.waiting.mark)
        return redirect(url_for("second_factor.code", next=target))
    except Refused as refusal:
        return _sign_in_again(refusal.verdict, email, target)
    entering.enter(token)
    return redirect(target)


def _sign_in_again(verdict: Verdict, email: str, target: str) -> ResponseReturnValue:
    page = render_template(
        "auth/sign_in.html", next=target, email=email, error=messages.reason(verdict)
    )
    seconds = verdict.values.get("seconds")
    return (page, 429, {"Retry-After": str(seconds)}) if seconds else (page, 422)


@blueprint.post("/sign-out")
@for_any_account
def sign_out() -> ResponseReturnValue:
    """End the session on the server, then forget it here, with the pages the browser keeps: on a
    computer of several people the next one has a key to go back."""
    user = signed_in.session_user()
    if user:
        with transaction(signed_in.actor_id()) as tx:
            service.sign_out(tx, user.account_id, user.sign_in_id)
    logout_user()
    session.clear()
    answer = redirect(url_for("auth.sign_in"))
    answer.headers["Clear-Site-Data"] = '"cache"'
    return answer


@blueprint.get("/waiting")
@public
def waiting() -> str:
    """What a visitor sees while the installation is not set up."""
    return render_template("auth/waiting.html")


@blueprint.get("/account")
@for_any_account
def account() -> str:
    """One's own account: language, password, open sessions."""
    return _account_page({})


def _account_page(errors: dict[str, str]) -> str:
    user, reader = signed_in.session_user(), signed_in.reader()
    account = queries.own_account(reader)
    return render_template(
        "auth/account.html",
        account=account,
        factor=second_factor.factor(reader, account.id),
        passkeys=passkeys.passkeys(reader, account.id),
        is_linked=single_sign_on.is_linked(reader, account.id),
        notices=notices.latest(reader, account.id),
        this_session=user.sign_in_id if user else 0,
        errors={name: messages.field_error(code) for name, code in errors.items()},
    )


@blueprint.post("/account/password")
@for_any_account
def change_password() -> ResponseReturnValue:
    """Change the password; sessions elsewhere end."""
    user = signed_in.session_user()
    assert user is not None  # noqa: S101
    email = queries.own_account(signed_in.reader()).email
    where = place(request.remote_addr)
    with transaction(None) as tx:
        service.attempt(tx, email, where)
    proof = credentials.prove(signed_in.reader(), email, request.form.get("password", ""))
    try:
        with transaction(signed_in.actor_id()) as tx:
            new = request.form.get("new_password", "")
            service.change_password(tx, proof, new, where, user.sign_in_id)
    except Invalid as wrong:
        return _account_page(wrong.errors), 422
    flash(_("Your password is changed. Your other sessions are closed."), "success")
    return redirect(url_for("auth.account"), 303)


@blueprint.post("/account/language")
@for_any_account
def choose_language() -> ResponseReturnValue:
    """Choose the language of one's pages on every device."""
    wanted = request.form.get("language", "")
    try:
        with transaction(signed_in.actor_id()) as tx:
            service.choose_language(tx, wanted, language.LANGUAGES)
    except Invalid as wrong:
        return _account_page(wrong.errors), 422
    session.pop("language", None)
    flash(_("The language is saved."), "success")
    return redirect(url_for("auth.account"), 303)


@blueprint.post("/account/sessions/end-others")
@for_any_account
def end_other_sessions() -> ResponseReturnValue:
    """End all of one's sessions but this one."""
    user = signed_in.session_user()
    assert user is not None  # noqa: S101
    with transaction(signed_in.actor_id()) as tx:
        service.end_other_sessions(tx, user.account_id, user.sign_in_id)
    flash(_("Your other sessions are closed."), "success")
    return redirect(url_for("auth.account"), 303)


@blueprint.post("/account/sessions/<int:sign_in_id>/end")
@for_any_account
def end_session(sign_in_id: int) -> ResponseReturnValue:
    """End one of one's own sessions."""
    user = signed_in.session_user()
    assert user is not None  # noqa: S101
    with transaction(signed_in.actor_id()) as tx:
        service.end_session(tx, user.account_id, sign_in_id)
    flash(_("The session is closed."), "success")
    return redirect(url_for("auth.account"), 303)


@blueprint.before_app_request
def note_visit() -> None:
    """Remember, once a day, that a session is used; nothing that a page shows to others moves."""
    user = signed_in.session_user() if request.endpoint != "static" else None
    if user and user.last_seen_on != clock.local_day(clock.now(), user.cooperative.zone):
        # Whoever reads needs no room on the disk, and waits for no writer.
        with suppress(CannotWrite), transaction(None) as tx:
            service.note_visit(tx, user.account_id, user.sign_in_id)
        signed_in.forget(user)
