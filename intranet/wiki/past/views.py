"""What a page was: its revisions, two of them compared, who changed what, and the way back."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from intranet.core.diff import diff
from intranet.core.policy import Conflict, Invalid, NotFound
from intranet.core.transaction import transaction
from intranet.web import compared, messages, signed_in
from intranet.web.compared import Drawn
from intranet.wiki import forms, history, policy, queries, reading, service
from intranet.wiki.desk.views import blueprint
from intranet.wiki.history import Comparison
from intranet.wiki.past.queries import blame, paragraphs
from intranet.wiki.views import refusal, today

__all__ = ["blueprint"]
P = ParamSpec("P")
View = Callable[P, ResponseReturnValue]


def _follows_renames(view: View[P]) -> View[P]:
    """Let an address that begins with a former name of the page lead to the same place of it."""

    @wraps(view)
    def following(*args: P.args, **kwargs: P.kwargs) -> ResponseReturnValue:
        try:
            return view(*args, **kwargs)
        except NotFound:
            values = request.view_args or {}
            present = reading.address_of_former(signed_in.reader(), str(values.get("slug")))
            if present is None:
                raise
            again = {**values, **request.args.to_dict(), "slug": present}
            return redirect(url_for(str(request.endpoint), **again), 301)

    return following


@blueprint.get("/<slug>/history", endpoint="history")
@_follows_renames
def history_of(slug: str) -> ResponseReturnValue:
    """The revisions of a page, fifty at a time."""
    number = forms.number_of(request.args.get("page")) or 1
    found = history.history(signed_in.reader(), slug, number)
    return render_template("wiki/history.html", history=found, label=messages.label)


@blueprint.get("/<slug>/revisions/<int:number>")
@_follows_renames
def revision(slug: str, number: int) -> ResponseReturnValue:
    """One revision as it was."""
    return _revision(slug, number)


def _revision(slug: str, number: int, said: str = "", seen: int = 0) -> str:
    reader = signed_in.reader()
    old = history.old_text(reader, slug, number)
    page = reading.page_by_slug(reader, slug, today(reader))
    return render_template(
        "wiki/revision.html",
        old=old,
        present=page,
        said=said,
        seen=history.number_of(reader, page.id, seen) if said else None,
        restore_refusal=refusal(policy.may_restore(reader, page)),
        label=messages.label,
    )


@blueprint.post("/<slug>/restorations")
def restore(slug: str) -> ResponseReturnValue:
    """Bring an earlier text back as a new revision; its name only when this was asked."""
    reader = signed_in.reader()
    page_id = queries.page_card(reader, slug).id
    wanted = forms.number_of(request.form.get("revision")) or 0
    seen = forms.number_of(request.form.get("seen")) or 0
    number = history.number_of(reader, page_id, wanted)
    if number is None:
        raise NotFound
    try:
        with transaction(signed_in.actor_id()) as tx:
            named = "title" in request.form
            service.restore_revision(tx, page_id, wanted, seen, with_title=named)
    except Conflict:
        said = _("Somebody changed this page after you opened this revision. Nothing was done yet.")
        return _revision(slug, number, said, seen), 409
    except Invalid as problem:
        words = " ".join(messages.field_error(code) for code in problem.errors.values())
        return _revision(slug, number, words), 422
    flash(_("The earlier text is back, as a new revision."), "success")
    present = queries.page_cards(signed_in.reader(), [page_id])[page_id].slug
    return redirect(url_for("wiki.show", slug=present), 303)


@blueprint.get("/<slug>/compare")
@_follows_renames
def compare(slug: str) -> ResponseReturnValue:
    """The difference between two revisions; by default the last change. ?of=source shows what was
    typed, else what is read; ?as=sides in two columns, else in one."""
    reader = signed_in.reader()
    newest = history.history(reader, slug).head_number
    second = forms.number_of(request.args.get("to")) or newest
    first = forms.number_of(request.args.get("from")) or max(second - 1, 1)
    found = history.comparison(reader, slug, first, second)
    is_source, is_sides = request.args.get("of") == "source", request.args.get("as") == "sides"
    changes = diff(found.old_text, found.new_text)
    if is_source:
        shown = compared.in_source(changes, is_inline=not is_sides)
    else:
        shown = compared.as_read(changes, *_drawn(found), is_inline=not is_sides)
    return render_template(
        "wiki/compare.html",
        comparison=found,
        differences=shown,
        too_long=changes.too_long,
        newest=newest,
        is_source=is_source,
        is_sides=is_sides,
        label=messages.label,
    )


def _drawn(found: Comparison) -> tuple[Drawn, Drawn]:
    reader = signed_in.reader()
    old = paragraphs(reader, found.old.id, found.old_text)
    new = paragraphs(reader, found.new.id, found.new_text)
    return Drawn(old.ids, old.html), Drawn(new.ids, new.html)


@blueprint.get("/<slug>/authors")
@_follows_renames
def authors(slug: str) -> ResponseReturnValue:
    """Who last changed each paragraph, when, and by which decision."""
    reader = signed_in.reader()
    page = reading.page_by_slug(reader, slug, today(reader))
    source = history.edit_base(reader, slug, page.revision_id).source
    shown = paragraphs(reader, page.revision_id, source)
    changed = blame(reader, page.id, page.revision_id, page.number)
    lines = [
        (block_id, shown.html[block_id], changed.get(block_id))
        for block_id in shown.ids
        if shown.html.get(block_id)
    ]
    return render_template("wiki/authors.html", page=page, lines=lines, label=messages.label)
