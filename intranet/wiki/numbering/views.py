"""The choice of numbers before headings, in the settings of a page."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from intranet.core.transaction import transaction
from intranet.web import signed_in
from intranet.wiki import queries
from intranet.wiki.numbering import service

blueprint = Blueprint("numbering", __name__, url_prefix="/wiki")


@blueprint.post("/<slug>/numbers")
def choose(slug: str) -> ResponseReturnValue:
    """Show headings with numbers, or without."""
    page_id = queries.page_card(signed_in.reader(), slug).id
    wanted = request.form.get("wanted") == "1"
    with transaction(signed_in.actor_id()) as tx:
        service.number_headings(tx, page_id, wanted=wanted)
    flash(
        _("The headings have numbers now.") if wanted else _("The headings have no numbers now."),
        "success",
    )
    return redirect(url_for("wiki.show", slug=slug), 303)
