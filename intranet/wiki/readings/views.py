"""The page on which one says to have read a rule, and sees who has not."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from intranet.core.policy import Conflict
from intranet.core.transaction import transaction
from intranet.web import messages, signed_in
from intranet.wiki.forms import number_of
from intranet.wiki.readings import policy, queries, service
from intranet.wiki.views import refusal

blueprint = Blueprint("readings", __name__, url_prefix="/wiki")


def _back(slug: str) -> ResponseReturnValue:
    return redirect(url_for("readings.show", slug=slug), 303)


@blueprint.get("/<slug>/reading")
def show(slug: str) -> str:
    """Whether I read this rule, and who has not."""
    reader = signed_in.reader()
    found = queries.reading_page(reader, slug)
    return render_template(
        "wiki/reading.html",
        found=found,
        ask_refusal=refusal(policy.may_ask_for_reading(reader, found.page)),
        may_confirm=policy.may_confirm_reading(reader, found.page),
        may_see=policy.may_see_who_read(reader, found.page),
    )


@blueprint.post("/<slug>/reading")
def confirm(slug: str) -> ResponseReturnValue:
    """Say that one read the text shown."""
    page_id = queries.reading_page(signed_in.reader(), slug).page.id
    try:
        with transaction(signed_in.actor_id()) as tx:
            service.confirm_reading(tx, page_id, number_of(request.form.get("revision")) or 0)
    except Conflict as conflict:
        flash(messages.conflict(conflict), "error")
        return _back(slug)
    flash(_("Thank you: it is written down that you read this text."), "success")
    return _back(slug)


@blueprint.post("/<slug>/reading/request")
def ask(slug: str) -> ResponseReturnValue:
    """Ask everybody to read this rule."""
    page_id = queries.reading_page(signed_in.reader(), slug).page.id
    with transaction(signed_in.actor_id()) as tx:
        service.ask_for_reading(tx, page_id)
    flash(_("Everybody whom this rule concerns is asked to read it."), "success")
    return _back(slug)


@blueprint.post("/<slug>/reading/request/end")
def end(slug: str) -> ResponseReturnValue:
    """Ask nobody any more."""
    page_id = queries.reading_page(signed_in.reader(), slug).page.id
    with transaction(signed_in.actor_id()) as tx:
        service.end_request(tx, page_id)
    flash(_("Nobody is asked to read this rule any more."), "success")
    return _back(slug)
