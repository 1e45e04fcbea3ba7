"""The way to the provider and back: OpenID Connect with state, nonce and PKCE, by Authlib."""

from __future__ import annotations

from pathlib import Path
from typing import Any, cast

from authlib.common.errors import AuthlibBaseError  # type: ignore[import-untyped]
from authlib.integrations.base_client.errors import MismatchingStateError  # type: ignore[import-untyped]
from authlib.integrations.flask_client import OAuth  # type: ignore[import-untyped]
from flask import (
    Blueprint,
    current_app,
    flash,
    redirect,
    render_template,
    request,
    session,
    url_for,
)
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from joserfc.errors import JoseError
from requests import RequestException

from intranet.auth import service as auth_service
from intranet.auth.ownership import CodeAsked
from intranet.auth.single_sign_on import service
from intranet.auth.single_sign_on.service import Known
from intranet.core.policy import Invalid, NotFound, Refused
from intranet.core.transaction import transaction
from intranet.web import entering, links, messages, signed_in
from intranet.web.routes import for_any_account, own_path, public

blueprint = Blueprint("single_sign_on", __name__)

EXTENSION = "intranet.single_sign_on"
SECONDS = 5
# What Authlib and its neighbours raise when a provider answers nothing, or nothing that holds.
UNCLEAR = (
    RequestException,
    AuthlibBaseError,
    JoseError,
    RuntimeError,
    ValueError,
    KeyError,
    TypeError,
    AttributeError,
)
AFTER, FOUND, INVITED = "provider_next", "provider_found", "provider_invited"


def _settings() -> Any:
    return current_app.extensions["settings"]


@blueprint.app_template_global("provider_name")
def provider_name() -> str:
    """What the provider is called on the pages; empty when none is set."""
    settings = _settings()
    return settings.oidc_name if settings.oidc_issuer and settings.oidc_client_id else ""


def _client() -> Any:
    """Authlib's client of the provider of the settings. Raises NotFound when there is none."""
    if not provider_name():
        raise NotFound
    if EXTENSION not in current_app.extensions:
        settings = _settings()
        file = settings.oidc_client_secret_file
        secret = Path(file).read_text().strip() if file else settings.oidc_client_secret
        oauth = OAuth(current_app)
        issuer = settings.oidc_issuer.rstrip("/")
        current_app.extensions[EXTENSION] = oauth.register(
            "provider",
            client_id=settings.oidc_client_id,
            client_secret=secret,
            server_metadata_url=f"{issuer}/.well-known/openid-configuration",
            client_kwargs={
                "scope": "openid",
                "code_challenge_method": "S256",
                "default_timeout": SECONDS,
            },
        )
    return current_app.extensions[EXTENSION]


def _failed(sentence: str) -> ResponseReturnValue:
    flash(sentence, "error")
    here = "auth.account" if signed_in.session_user() else "auth.sign_in"
    return redirect(url_for(here), 303)


def _unclear() -> str:
    return _(
        "%(provider)s does not answer, or answered something that could not be checked. "
        "Try again, or use your password.",
        provider=provider_name(),
    )


@blueprint.get("/sign-in/provider")
@public
def leave() -> ResponseReturnValue:
    """Send the browser to the provider; nothing is changed here."""
    _client()
    session[AFTER] = own_path(request.args.get("next"))
    session.pop(INVITED, None)
    return _away()


@blueprint.post("/invitations/<token>/provider")
@public
def leave_invited(token: str) -> ResponseReturnValue:
    """Send an invited person to the provider, with the name they checked; nothing is changed yet.

    Only the button of the invitation leads here, so that coming back from the provider opens an
    account for whoever holds the link and for nobody else.
    """
    _client()
    session[INVITED] = [token, request.form.get("name", "")[:200]]
    return _away()


def _away() -> ResponseReturnValue:
    client = _client()
    try:
        return cast(
            ResponseReturnValue, client.authorize_redirect(links.whole("single_sign_on.back"))
        )
    except UNCLEAR:
        return _failed(_unclear())


@blueprint.get("/sign-in/provider/back")
@public
def back() -> ResponseReturnValue:
    """Check what the provider says, then open a session or ask whether to link."""
    client = _client()
    if request.args.get("error"):
        return _failed(
            _(
                "%(provider)s did not let you in: nothing was changed here.",
                provider=provider_name(),
            )
        )
    try:
        said = client.authorize_access_token()["userinfo"]
        known = Known(str(said["iss"]), str(said["sub"]))
    except MismatchingStateError:
        return _failed(_("This sign-in took too long or came from another window. Begin again."))
    except UNCLEAR:
        return _failed(_unclear())
    if not _is_for_us(known, said["aud"]):
        return _failed(_unclear())
    invited = session.pop(INVITED, None)
    if invited:
        return _come_in(known, *invited)
    if signed_in.session_user():
        session[FOUND] = [known.issuer, known.subject]
        return redirect(url_for("single_sign_on.confirm"), 303)
    return _enter(known, own_path(session.get(AFTER)))


def _is_for_us(known: Known, audience: str | list[str]) -> bool:
    """Whether the provider of the settings says this, and says it to us (OpenID Connect Core
    3.1.3.7). Authlib takes a token made for another application when it names us as its user."""
    meant = [audience] if isinstance(audience, str) else audience
    is_ours = known.issuer.rstrip("/") == _settings().oidc_issuer.rstrip("/")
    return is_ours and _settings().oidc_client_id in meant


def _come_in(known: Known, invitation: str, name: str) -> ResponseReturnValue:
    """Accept the invitation that this browser left with, and open its first session."""
    try:
        with transaction(None) as tx:
            account_id = service.accept(tx, invitation, name, known)
            opened = auth_service.open_session(tx, account_id, request.user_agent.string)
    except Refused as refusal:
        return _failed(messages.reason(refusal.verdict))
    except Invalid as wrong:
        flash(messages.field_error(next(iter(wrong.errors.values()))), "error")
        return redirect(url_for("invitations.show", token=invitation), 303)
    entering.enter(opened)
    flash(_("Welcome! Your account is open."), "success")
    return redirect(url_for("home.show"), 303)


def _enter(known: Known, target: str) -> ResponseReturnValue:
    try:
        with transaction(None) as tx:
            token = service.sign_in(tx, known, request.user_agent.string)
    except CodeAsked as asked:
        entering.wait_for_code(asked.waiting.account_id, asked.waiting.mark)
        return redirect(url_for("second_factor.code", next=target), 303)
    except Refused as refusal:
        return _failed(messages.reason(refusal.verdict))
    entering.enter(token)
    return redirect(target, 303)


@blueprint.get("/account/provider")
@for_any_account
def confirm() -> ResponseReturnValue:
    """Ask whether the account at the provider shall open this one: a link alone never does it."""
    if FOUND not in session:
        return redirect(url_for("auth.account"), 303)
    return render_template("auth/link_provider.html", subject=session[FOUND][1])


@blueprint.post("/account/provider")
@for_any_account
def link() -> ResponseReturnValue:
    """Link the account that the provider vouched for in this browser a moment ago."""
    found = session.pop(FOUND, None)
    if found is None:
        return redirect(url_for("auth.account"), 303)
    with transaction(signed_in.actor_id()) as tx:
        service.link(tx, Known(*found))
    flash(
        _("Your account at %(provider)s now opens this one.", provider=provider_name()), "success"
    )
    return redirect(url_for("auth.account"), 303)


@blueprint.post("/account/provider/removal")
@for_any_account
def unlink() -> ResponseReturnValue:
    """Let the provider open this account no longer."""
    with transaction(signed_in.actor_id()) as tx:
        service.unlink(tx)
    flash(
        _("Your account at %(provider)s opens this one no longer.", provider=provider_name()),
        "success",
    )
    return redirect(url_for("auth.account"), 303)
