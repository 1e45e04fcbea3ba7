"""Pages about people, the bodies they decide in, and the cooperative's own settings."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from markupsafe import Markup

from intranet.auth.policy import may_administer, may_invite
from intranet.core.markdown import render
from intranet.core.markdown_links import NoLinks
from intranet.core.policy import Invalid
from intranet.core.transaction import transaction
from intranet.members import directory_queries, policy, queries, service
from intranet.members.statuses import ACCENTS, Status
from intranet.membership.policy import may_change_bodies, may_change_status
from intranet.polls import procedure_queries as procedures
from intranet.web import language, messages, signed_in
from intranet.web.routes import for_any_account

blueprint = Blueprint("members", __name__)


@blueprint.get("/members")
def index() -> ResponseReturnValue:
    """Everybody, by status; a box finds a name."""
    reader, wanted = signed_in.reader(), request.args.get("q", "").strip()[:200]
    sees = bool(policy.may_see_profiles(reader))
    people = directory_queries.directory(reader, wanted)
    order: list[str | None] = [*Status, None] if sees else [None]
    groups = [(status, [card for card in people if card.status == status]) for status in order]
    return render_template(
        "members/index.html",
        groups=[(status, cards) for status, cards in groups if cards],
        wanted=wanted,
        sees_profiles=sees,
        may_invite=bool(may_invite(reader)),
        may_administer=bool(may_administer(reader)),
    )


@blueprint.get("/members/<int:person_id>")
@for_any_account
def show(person_id: int) -> ResponseReturnValue:
    """A person: what they say, what they were and are, the tasks they hold."""
    reader = signed_in.reader_who(policy.may_see_profile, person_id)
    profile = queries.profile(reader, person_id)
    reads = bool(policy.may_read_words(reader, person_id, profile.visible_to))
    words = profile.about if reads else ""
    about = render(words, NoLinks(), language=language.locale(), first_level=3)
    return render_template(
        "members/show.html",
        profile=profile,
        # The renderer's last step is an allow-list of elements and attributes.
        about_html=Markup(about.html),  # noqa: S704
        today=queries.today(reader),
        is_own=person_id == signed_in.actor_id(),
        may_enter=bool(policy.may_enter(reader)),
        reads=reads,
        sees_history=bool(policy.may_see_profiles(reader)) or person_id == signed_in.actor_id(),
        may_erase=may_administer(reader) and profile.status in (None, Status.FORMER),
        may_change_status=bool(may_change_status(reader)),
    )


@blueprint.get("/bodies")
def bodies() -> ResponseReturnValue:
    """The bodies that decide, with their codes, those who belong to them, and who may bring a text
    there, call its vote and lead its discussion."""
    reader = signed_in.reader_who(policy.may_see_profiles)
    profiles, verdict = queries.body_profiles(reader), may_change_bodies(reader)
    return render_template(
        "members/bodies.html",
        bodies=profiles,
        above={None: ""} | {one.card.id: one.card.name for one in profiles},
        ways=procedures.procedures(reader),
        refusal="" if verdict else messages.reason(verdict),
    )


SETTINGS = ("name", "accent", "locale", "chat_url")


@blueprint.get("/administration/settings")
def settings() -> ResponseReturnValue:
    """The cooperative's name, colour and language, and whether it has external members."""
    signed_in.reader_who(policy.may_change_settings)
    card = signed_in.cooperative()
    typed = {"name": card.name, "accent": card.accent, "locale": card.locale}
    typed["chat_url"] = card.chat_url
    return _settings_form(typed, {}, card.external_members)


@blueprint.post("/administration/settings")
def change_settings() -> ResponseReturnValue:
    """Keep the settings of the cooperative."""
    typed = {name: request.form.get(name, "") for name in SETTINGS}
    external = "external_members" in request.form
    try:
        with transaction(signed_in.actor_id()) as tx:
            service.change_settings(
                tx, **typed, locales=frozenset(language.LANGUAGES), external_members=external
            )
    except Invalid as wrong:
        return _settings_form(typed, wrong.errors, external), 422
    flash(_("The settings are saved."), "success")
    return redirect(url_for("members.settings"), 303)


def _settings_form(typed: dict[str, str], errors: dict[str, str], external: bool) -> str:
    said = {name: messages.field_error(code) for name, code in errors.items()}
    accents = [(accent, messages.label(f"accent.{accent}")) for accent in ACCENTS]
    return render_template(
        "members/settings.html",
        typed=typed,
        errors=said,
        accents=accents,
        has_external_members=external,
    )
