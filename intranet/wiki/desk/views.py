"""Pages to write on: a new page, a revision, and what arranges a page."""

from __future__ import annotations

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from markupsafe import Markup

from intranet.core.markdown import TooLong
from intranet.core.policy import Conflict, Invalid, Refused
from intranet.core.transaction import Reader, transaction
from intranet.members.statuses import Audience
from intranet.web import differences, messages, signed_in
from intranet.wiki import history, lists, policy, queries, reading, service, tree
from intranet.wiki.clashes import views as clashes
from intranet.wiki.directory import title_key
from intranet.wiki.forms import PageForm, TextForm, number_of, tags_of
from intranet.wiki.history import EditBase
from intranet.wiki.presence import service as presence
from intranet.wiki.presence.queries import others
from intranet.wiki.rendering import render_text
from intranet.wiki.views import blueprint, refusal, today

__all__ = ["blueprint"]


def _to(slug: str) -> ResponseReturnValue:
    return redirect(url_for("wiki.show", slug=slug), 303)


def _words(problem: Invalid) -> dict[str, str]:
    return {name: messages.field_error(code) for name, code in problem.errors.items()}


def _id(slug: str) -> int:
    return queries.page_card(signed_in.reader(), slug).id


@blueprint.get("/new")
def create() -> ResponseReturnValue:
    """The form of a new page; when the page exists already, the page."""
    reader = signed_in.reader()
    title = request.args.get("title", "")
    there = lists.page_named(reader, title_key(title)) if title else None
    if there:
        return redirect(url_for("wiki.show", slug=there.slug))
    verdict = policy.may_write(reader)
    if not verdict:
        raise Refused(verdict)
    parent = request.args.get("parent", "")
    parent_id = str(queries.page_card(reader, parent).id) if parent else ""
    return _new_page(reader, PageForm(title=title, parent=parent_id))


def _new_page(reader: Reader, form: PageForm) -> str:
    taken = lists.page_named(reader, title_key(form.title)) if "title" in form.errors else None
    return render_template(
        "wiki/new.html",
        form=form,
        taken=taken,
        parents=tree.choices(reader),
        audiences=_audiences(reader),
        label=messages.label,
    )


def _audiences(reader: Reader) -> list[str]:
    return [str(kind) for kind in Audience if kind in reader.actor.audiences]


@blueprint.post("/")
def store() -> ResponseReturnValue:
    """Keep a new page."""
    form = PageForm.from_request(request.form)
    try:
        with transaction(signed_in.actor_id()) as tx:
            slug = service.create_page(tx, form.page(signed_in.cooperative().locale)).slug
    except Invalid as problem:
        form.errors = _words(problem)
        return _new_page(signed_in.reader(), form), 422
    flash(_("The page is written."), "success")
    return _to(slug)


@blueprint.post("/preview")
def preview() -> ResponseReturnValue:
    """What a text will look like."""
    try:
        reader = signed_in.reader()
        widest = Audience.WORKERS if Audience.WORKERS in reader.actor.audiences else Audience.OPEN
        return render_text(reader, request.form.get("text", ""), widest, includes=True)
    except TooLong:
        return messages.field_error("wiki.text_too_long"), 422


@blueprint.get("/<slug>/edit")
def edit(slug: str) -> ResponseReturnValue:
    """The form that revises a page."""
    reader = signed_in.reader()
    page = reading.page_by_slug(reader, slug, today(reader))
    verdict = policy.may_revise(reader, page)
    if not verdict:
        raise Refused(verdict)
    base = history.edit_base(reader, slug)
    return _edit(base, TextForm(base.source, base.revision_id))


def _edit(base: EditBase, form: TextForm) -> str:
    return render_template(
        "wiki/edit.html",
        page=base.page,
        present=others(signed_in.reader(), base.page.id),
        form=form,
        preview=Markup(render_text(signed_in.reader(), form.text))  # noqa: S704
        if form.wish == "preview"
        else "",
        changes=differences.between(base.source, form.text) if form.wish == "changes" else None,
    )


@blueprint.post("/<slug>/revisions")
def revise(slug: str) -> ResponseReturnValue:
    """Save a text, or show it first: as it will look, or what it changes."""
    if "text" not in request.form:
        abort(400)  # A form that lost its text on the way empties no page.
    form = TextForm.from_request(request.form)
    undecided = clashes.take_choices(slug, form) if "theirs" in request.form else None
    if undecided is not None:
        return undecided, 422
    if form.wish != "save":
        return _edit(_base(slug, form), form)
    page_id = _id(slug)
    try:
        with transaction(signed_in.actor_id()) as tx:
            done = service.revise_page(tx, page_id, form.change)
            presence.leave_with_save(tx, page_id)
    except Invalid as problem:
        form.errors = _words(problem)
        return _edit(_base(slug, form), form), 422
    except Conflict as conflict:
        return clashes.screen(slug, form, messages.conflict(conflict)), 409
    if done.merged:
        flash(_("Saved, together with what somebody else had changed meanwhile."), "success")
    elif done.changed:
        flash(_("The page is saved."), "success")
    else:
        flash(_("Nothing changed: the text was already this."))
    return _to(slug)


def _base(slug: str, form: TextForm) -> EditBase:
    """The revision that this form was opened on."""
    return history.edit_base(signed_in.reader(), slug, form.base or None)


@blueprint.get("/<slug>/settings")
def settings(slug: str) -> str:
    """Name, place, tags, readers and archive of a page."""
    return _settings(slug, {})


def _settings(slug: str, errors: dict[str, str], title: str | None = None) -> str:
    reader = signed_in.reader()
    page = reading.page_by_slug(reader, slug, today(reader))
    refusals = {
        "rename": refusal(policy.may_rename(reader, page)),
        "move": refusal(policy.may_move(reader, page)),
        "tag": refusal(policy.may_tag(reader, page)),
        "audience": refusal(policy.may_set_audience(reader, page, page.audience)),
        "archive": refusal(policy.may_archive(reader, page)),
    }
    taken = lists.page_named(reader, title_key(title)) if title and "title" in errors else None
    return render_template(
        "wiki/settings.html",
        page=page,
        errors=errors,
        title=title or page.title,
        taken=taken,
        refusals=refusals,
        parents=tree.choices(reader, page.id),
        audiences=_audiences(reader),
        label=messages.label,
    )


@blueprint.post("/<slug>/renaming")
def rename(slug: str) -> ResponseReturnValue:
    """Give the page another name."""
    title, page_id = request.form.get("title", ""), _id(slug)
    try:
        with transaction(signed_in.actor_id()) as tx:
            seen = number_of(request.form.get("seen")) or 0
            slug = service.rename_page(tx, page_id, title, seen).slug
    except Invalid as problem:
        return _settings(slug, _words(problem), title), 422
    except Conflict as conflict:
        return _settings(slug, {"title": messages.conflict(conflict)}, title), 409
    flash(_("The page has its new name; the old address leads to it."), "success")
    return _to(slug)


@blueprint.post("/<slug>/place")
def move(slug: str) -> ResponseReturnValue:
    """Put the page elsewhere in the tree."""
    page_id = _id(slug)
    parent, place = number_of(request.form.get("parent")), number_of(request.form.get("place"))
    try:
        with transaction(signed_in.actor_id()) as tx:
            service.move_page(tx, page_id, parent, place)
    except Invalid as problem:
        return _settings(slug, _words(problem)), 422
    flash(_("The page has its new place."), "success")
    return _to(slug)


@blueprint.post("/<slug>/tags")
def tag(slug: str) -> ResponseReturnValue:
    """File the page under other words."""
    page_id = _id(slug)
    seen, wanted = tags_of(request.form.get("seen", "")), tags_of(request.form.get("tags", ""))
    try:
        with transaction(signed_in.actor_id()) as tx:
            service.set_tags(tx, page_id, seen, wanted)
    except Invalid as problem:
        return _settings(slug, _words(problem)), 422
    flash(_("The tags are saved."), "success")
    return _to(slug)


@blueprint.post("/<slug>/audience")
def set_audience(slug: str) -> ResponseReturnValue:
    """Choose who may read the page."""
    page_id = _id(slug)
    try:
        with transaction(signed_in.actor_id()) as tx:
            service.set_audience(tx, page_id, request.form.get("audience", ""))
    except Invalid as problem:
        return _settings(slug, _words(problem)), 422
    flash(_("The choice is saved."), "success")
    return _to(slug)


@blueprint.post("/<slug>/archiving")
def put_away(slug: str) -> ResponseReturnValue:
    """Put the page in the archive, with a reason."""
    page_id = _id(slug)
    try:
        with transaction(signed_in.actor_id()) as tx:
            service.archive_page(tx, page_id, request.form.get("reason", ""))
    except Invalid as problem:
        return _settings(slug, _words(problem)), 422
    flash(_("The page is archived. Nothing is lost: it can come back."), "success")
    return _to(slug)


@blueprint.post("/<slug>/unarchiving")
def take_out(slug: str) -> ResponseReturnValue:
    """Take the page out of the archive."""
    page_id = _id(slug)
    with transaction(signed_in.actor_id()) as tx:
        service.unarchive_page(tx, page_id)
    flash(_("The page is in use again."), "success")
    return _to(slug)
