"""The language of the page: chosen on the device, for the account, by the cooperative; French."""

from __future__ import annotations

from gettext import NullTranslations
from typing import cast

from flask import Blueprint, Flask, g, has_request_context, redirect, request, session
from flask.typing import ResponseReturnValue
from flask_babel import Babel, get_translations

from intranet.web import signed_in
from intranet.web.routes import own_path, public

LANGUAGES = {"fr": "Français", "en": "English"}

blueprint = Blueprint("web", __name__)


def locale() -> str:
    """The language code for this request."""
    if not has_request_context():
        return "fr"
    user = signed_in.session_user()
    own = user.language if user else None
    chosen = session.get("language") or own or signed_in.cooperative().locale
    return chosen if chosen in LANGUAGES else "fr"


def time_zone() -> str:
    """The cooperative's time zone: everybody sees the same hour."""
    return signed_in.cooperative().time_zone if has_request_context() else "Europe/Paris"


@blueprint.post("/language")
@public
def language() -> ResponseReturnValue:
    """Choose the language of the pages on this device."""
    wanted = request.form.get("language", "")
    if wanted in LANGUAGES:
        session["language"] = wanted
    return redirect(own_path(request.form.get("next")))


def install(app: Flask) -> None:
    """Translate every page, in the cooperative's time zone."""
    Babel(app, locale_selector=locale, timezone_selector=time_zone)
    app.jinja_env.globals["languages"] = LANGUAGES
    app.jinja_env.globals["current_language"] = locale
    app.jinja_env.install_gettext_callables(  # type: ignore[attr-defined]
        lambda words: _catalogue().gettext(words),
        lambda one, several, number: _catalogue().ngettext(one, several, number),
        newstyle=True,
    )


def _catalogue() -> NullTranslations:
    """The sentences of this request, found once: a page says dozens."""
    if "catalogue" not in g:
        g.catalogue = get_translations()
    return cast(NullTranslations, g.catalogue)
