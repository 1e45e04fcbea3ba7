"""The forms by which people write about themselves, and their picture."""

from __future__ import annotations

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from intranet.core.policy import Invalid, NotFound, Refused
from intranet.core.transaction import transaction
from intranet.members import pictures, policy, queries, service
from intranet.members.models import Portrait
from intranet.members.service import OwnWords
from intranet.members.statuses import Audience
from intranet.web import messages, signed_in
from intranet.web.uploads import sent, takes_files

blueprint = Blueprint("profiles", __name__, url_prefix="/members/<int:person_id>")


@blueprint.get("/profile")
def edit(person_id: int) -> str:
    """The form to write about oneself."""
    reader = signed_in.reader_who(policy.may_edit_profile, person_id)
    profile = queries.profile(reader, person_id)
    return _form(person_id, {name: getattr(profile, name) for name in _FIELDS}, {})


_FIELDS = ("about", "skills", "languages", "presence", "visible_to")


def _form(person_id: int, typed: dict[str, str], errors: dict[str, str]) -> str:
    reader = signed_in.reader_who(policy.may_edit_profile, person_id)
    return render_template(
        "members/edit.html",
        profile=queries.profile(reader, person_id),
        typed=typed,
        errors={name: messages.field_error(code) for name, code in errors.items()},
        circles=[(one.value, messages.label(f"audience.{one}").capitalize()) for one in Audience],
    )


@blueprint.post("/profile")
def update(person_id: int) -> ResponseReturnValue:
    """Keep what a person says about themselves."""
    typed = {name: request.form.get(name, "") for name in _FIELDS}
    typed["visible_to"] = typed["visible_to"] or Audience.WORKERS
    try:
        with transaction(signed_in.actor_id()) as tx:
            service.update_profile(tx, person_id, OwnWords(**typed))
    except Invalid as wrong:
        return _form(person_id, typed, wrong.errors), 422
    flash(_("Your profile is saved."), "success")
    return redirect(url_for("members.show", person_id=person_id), 303)


@blueprint.get("/portrait.jpg")
def portrait(person_id: int) -> Response:
    """The picture of a person, for those who read what they say about themselves."""
    reader = signed_in.reader_who(policy.may_see_profile, person_id)
    profile = queries.profile(reader, person_id)
    verdict = policy.may_read_words(reader, person_id, profile.visible_to)
    if not verdict:
        raise Refused(verdict)
    kept = reader.session.get(Portrait, person_id)
    if kept is None:
        raise NotFound
    answer = Response(kept.image, mimetype="image/jpeg")
    answer.headers["Cache-Control"] = "private, no-cache"
    return answer


@blueprint.post("/portrait")
@takes_files
def change_portrait(person_id: int) -> ResponseReturnValue:
    """Keep another picture, made small, or none."""
    try:
        image = None
        if "remove" not in request.form:
            image = pictures.portrait(next(sent("portrait")).read(pictures.MOST_BYTES + 1))
        with transaction(signed_in.actor_id()) as tx:
            service.change_portrait(tx, person_id, image)
    except Invalid as wrong:
        profile = queries.profile(signed_in.reader(), person_id)
        typed = {name: getattr(profile, name) for name in _FIELDS}
        return _form(person_id, typed, wrong.errors), 422
    flash(_("Your profile is saved."), "success")
    return redirect(url_for("members.show", person_id=person_id), 303)
