"""Laying minutes beside a decision."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from intranet.core.policy import Invalid, NotFound
from intranet.core.transaction import transaction
from intranet.decisions import page_queries, policy
from intranet.decisions.minutes import queries, service
from intranet.web import messages, signed_in
from intranet.wiki import queries as wiki

blueprint = Blueprint("minutes", __name__, url_prefix="/decisions")


@blueprint.get("/<number>/minutes/new")
def create(number: str) -> str:
    """The form for the minutes: words, or a page of the wiki."""
    return _form(number, {"text": "", "page": ""}, {})


def _form(number: str, values: dict[str, str], errors: dict[str, str]) -> str:
    reader = signed_in.reader_who(policy.may_record)
    page = page_queries.decision(reader, number)
    return render_template(
        "minutes/new.html",
        page=page,
        earlier=queries.of_decision(reader, page.id),
        pages=wiki.ordinary_titles(reader),
        values=values,
        errors=errors,
    )


@blueprint.post("/<number>/minutes")
def keep(number: str) -> ResponseReturnValue:
    """Lay minutes beside a decision; earlier ones stay."""
    typed = {name: request.form.get(name, "").replace("\r\n", "\n") for name in ("text", "page")}
    try:
        slug = _slug(typed["page"])
        with transaction(signed_in.actor_id()) as tx:
            service.keep_minutes(tx, number, typed["text"], slug)
    except Invalid as problem:
        errors = {name: messages.field_error(code) for name, code in problem.errors.items()}
        return _form(number, typed, errors), 422
    flash(_("The minutes stand beside the decision."), "success")
    return redirect(url_for("decisions.show", number=number, _anchor="minutes"), 303)


def _slug(typed: str) -> str:
    """The address of the page that was named, "" for none. Raises Invalid for no such page."""
    if not typed.strip():
        return ""
    try:
        return wiki.page_named(signed_in.reader(), typed).slug
    except NotFound as unknown:
        raise Invalid(page="minutes_page_unknown") from unknown
