"""The trash of the wiki: what lies in it, and the way in and out."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from intranet.core.policy import Invalid
from intranet.core.transaction import transaction
from intranet.web import messages, signed_in
from intranet.wiki import queries, reading
from intranet.wiki.trash import policy, service
from intranet.wiki.trash.queries import trashed
from intranet.wiki.views import refusal, today

blueprint = Blueprint("trash", __name__, url_prefix="/wiki")


@blueprint.get("/archive/trash")
def index() -> str:
    """The pages in the trash, with who put them there and why."""
    return render_template("wiki/trash/index.html", trashed=trashed(signed_in.reader()))


@blueprint.get("/<slug>/trashing")
def ask(slug: str) -> str:
    """What the trash does, and the reason it asks for."""
    return _form(slug, "", "")


def _form(slug: str, reason: str, error: str) -> str:
    reader = signed_in.reader()
    page = reading.page_by_slug(reader, slug, today(reader))
    verdict = refusal(policy.may_trash(reader, page))
    return render_template(
        "wiki/trash/form.html", page=page, refusal=verdict, reason=reason, error=error
    )


@blueprint.post("/<slug>/trashing")
def throw_away(slug: str) -> ResponseReturnValue:
    """Put the page in the trash."""
    page_id = queries.page_card(signed_in.reader(), slug).id
    reason = request.form.get("reason", "")
    try:
        with transaction(signed_in.actor_id()) as tx:
            service.trash_page(tx, page_id, reason)
    except Invalid as problem:
        return _form(slug, reason, messages.field_error(problem.errors["reason"])), 422
    flash(_("The page is in the trash. Nothing is lost: any writer can take it out."), "success")
    return redirect(url_for("trash.index"), 303)


@blueprint.post("/<slug>/untrashing")
def take_out(slug: str) -> ResponseReturnValue:
    """Take the page out of the trash."""
    page_id = queries.page_card(signed_in.reader(), slug).id
    with transaction(signed_in.actor_id()) as tx:
        service.take_from_trash(tx, page_id)
    flash(_("The page is back, as it was."), "success")
    return redirect(url_for("wiki.show", slug=slug), 303)
