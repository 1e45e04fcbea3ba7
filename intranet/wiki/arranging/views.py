"""One level of the tree to put in order: buttons that work everywhere, dragging where it can."""

from __future__ import annotations

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from intranet.core.policy import Invalid
from intranet.core.transaction import transaction
from intranet.web import messages, signed_in
from intranet.wiki import policy
from intranet.wiki import queries as pages
from intranet.wiki.arranging import queries, service
from intranet.wiki.arranging.service import Step, Where
from intranet.wiki.views import refusal

blueprint = Blueprint("arranging", __name__, url_prefix="/wiki")


@blueprint.get("/arrange")
def show() -> str:
    """The pages below one page, or at the top."""
    reader = signed_in.reader()
    return render_template(
        "wiki/arranging/show.html",
        level=queries.level(reader, request.args.get("below", "")),
        write_refusal=refusal(policy.may_write(reader)),
    )


def _back(page_id: int) -> ResponseReturnValue:
    """To the level where the page stands now, at its line."""
    below = queries.level_of(signed_in.reader(), page_id)
    return redirect(url_for("arranging.show", below=below or None) + f"#page-{page_id}", 303)


@blueprint.post("/<slug>/step")
def step(slug: str) -> ResponseReturnValue:
    """Move a page by one step."""
    asked = request.form.get("step", "")
    if asked not in list(Step):
        abort(400)
    page_id = pages.page_card(signed_in.reader(), slug).id
    try:
        with transaction(signed_in.actor_id()) as tx:
            service.step_page(tx, page_id, Step(asked))
    except Invalid as problem:
        flash(messages.field_error(problem.errors["parent"]), "error")
    return _back(page_id)


@blueprint.post("/<slug>/drop")
def drop(slug: str) -> ResponseReturnValue:
    """Put a page beside another or below it."""
    asked = request.form.get("where", "")
    if asked not in list(Where):
        abort(400)
    reader = signed_in.reader()
    page_id = pages.page_card(reader, slug).id
    beside_id = pages.page_card(reader, request.form.get("beside", "")).id
    try:
        with transaction(signed_in.actor_id()) as tx:
            service.drop_page(tx, page_id, beside_id, Where(asked))
    except Invalid as problem:
        flash(messages.field_error(problem.errors["parent"]), "error")
    return _back(page_id)
