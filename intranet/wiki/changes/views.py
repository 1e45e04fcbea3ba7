"""What changed: the list with its filters, what is new for oneself, a page since one read it."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from intranet.core.diff import diff
from intranet.core.transaction import transaction
from intranet.web import compared, messages, signed_in
from intranet.wiki import history, queries, reading, tree
from intranet.wiki.changes import service
from intranet.wiki.changes.forms import ChangesForm
from intranet.wiki.changes.queries import authors, changes, seen_number, since_last_visit
from intranet.wiki.forms import number_of
from intranet.wiki.models import RevisionKind
from intranet.wiki.views import blueprint as wiki
from intranet.wiki.views import today

blueprint = Blueprint("changes", __name__, url_prefix="/wiki")

LISTED = 50


@wiki.get("/changes", endpoint="changes")
def index() -> str:
    """What changed in the pages this person may read, by person, branch, kind and time."""
    reader = signed_in.reader()
    form = ChangesForm.from_request(request.args)
    before = number_of(request.args.get("before"))
    found = changes(reader, form.asked, signed_in.cooperative().zone, before, LISTED)
    return render_template(
        "wiki/changes.html",
        changes=found,
        asked=form.asked,
        values=form.values,
        more=found[-1].revision_id if len(found) == LISTED else None,
        is_first=before is None,
        people=authors(reader),
        branches=tree.choices(reader),
        kinds=[(str(kind), messages.label(f"revision.{kind}")) for kind in RevisionKind],
        label=messages.label,
    )


@blueprint.get("/changes/new")
def unseen() -> str:
    """What others changed since this person said to have seen everything."""
    found = since_last_visit(signed_in.reader())
    return render_template("wiki/changes/new.html", found=found, label=messages.label)


@blueprint.post("/changes/new")
def mark_all() -> ResponseReturnValue:
    """Say that one has seen all of them."""
    with transaction(signed_in.actor_id()) as tx:
        service.mark_changes(tx, number_of(request.form.get("newest")) or 0)
    flash(_("Noted. From now on this page shows what changes after this."), "success")
    return redirect(url_for("changes.unseen"), 303)


@blueprint.get("/<slug>/since")
def since(slug: str) -> str:
    """What changed in a page since this person said to have read it."""
    reader = signed_in.reader()
    page = reading.page_by_slug(reader, slug, today(reader))
    seen = seen_number(reader, page.id)
    found = history.comparison(reader, slug, seen or page.number, page.number)
    shown = diff(found.old_text, found.new_text)
    return render_template(
        "wiki/changes/since.html",
        page=page,
        seen=seen,
        comparison=found,
        too_long=shown.too_long,
        differences=compared.in_source(shown, is_inline=True),
    )


@blueprint.post("/<slug>/since")
def mark(slug: str) -> ResponseReturnValue:
    """Say that one has read a page up to the revision shown."""
    page_id = queries.page_card(signed_in.reader(), slug).id
    with transaction(signed_in.actor_id()) as tx:
        service.mark_seen(tx, page_id, number_of(request.form.get("revision")) or 0)
    flash(_("Noted, for you alone: you have read the page up to here."), "success")
    return redirect(url_for("wiki.show", slug=slug), 303)
