"""Pages to write on: a revision, and what arranges a page."""

from __future__ import annotations

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from markupsafe import Markup

from intranet.core.markdown import TooLong
from intranet.core.policy import Conflict, Invalid, Refused
from intranet.core.transaction import Reader, transaction
from intranet.members.statuses import Audience
from intranet.proposals.typing.queries import Typed
from intranet.web import differences, messages, signed_in
from intranet.web.unsent import unsent
from intranet.wiki import lists, policy, queries, reading, service, tree
from intranet.wiki.clashes import views as clashes
from intranet.wiki.directory import title_key
from intranet.wiki.endings import with_endings_of
from intranet.wiki.forms import TextForm, number_of, tags_of
from intranet.wiki.presence import service as presence
from intranet.wiki.presence.queries import others
from intranet.wiki.rendering import render_text
from intranet.wiki.views import blueprint, refusal, today
from intranet.wiki.writing.queries import Opened, last_revised_at, opened

__all__ = ["blueprint"]


def to_page(slug: str) -> ResponseReturnValue:
    """To the page that was written."""
    return redirect(url_for("wiki.show", slug=slug), 303)


def in_words(problem: Invalid) -> dict[str, str]:
    """What is wrong with each field."""
    return {name: messages.field_error(code) for name, code in problem.errors.items()}


def _id(slug: str) -> int:
    return queries.page_card(signed_in.reader(), slug).id


def audiences(reader: Reader) -> list[str]:
    """Those whom this person may let read a page."""
    return [str(kind) for kind in Audience if kind in reader.actor.audiences]


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
    text = opened(reader, slug, section=request.args.get("section", ""))
    form = TextForm(text.text, text.base.revision_id, section=text.section)
    typed = unsent(reader, _place(slug, text.section), last_revised_at(reader, page.id))
    if typed is None or typed.fields.get("text", form.text) == form.text:
        return _edit(text, form)
    form = TextForm.from_request(typed.fields)
    return _edit(opened(reader, slug, form.base, form.section), form, typed)


def _place(slug: str, section: str) -> str:
    """The address of the form, under which what is typed in it is kept."""
    return url_for("wiki.edit", slug=slug, section=section or None)


def _edit(text: Opened, form: TextForm, typed: Typed | None = None) -> str:
    base, whole = text.base, text.whole(form.text)
    return render_template(
        "wiki/edit.html",
        page=base.page,
        present=others(signed_in.reader(), base.page.id),
        form=form,
        part=text.part,
        place=_place(base.page.slug, form.section),
        typed=typed,
        preview=Markup(render_text(signed_in.reader(), form.text))  # noqa: S704
        if form.wish == "preview"
        else "",
        changes=differences.between(base.source, with_endings_of(base.source, whole))
        if form.wish == "changes"
        else None,
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
        return _edit(_as_opened(slug, form), form)
    whole = _as_opened(slug, form).whole(form.text) if form.section else form.text
    try:
        with transaction(signed_in.actor_id()) as tx:
            page_id = queries.page_id(tx, slug)
            done = service.revise_page(tx, page_id, form.change(whole))
            presence.leave_with_save(tx, page_id)
    except Invalid as problem:
        form.errors = in_words(problem)
        form.wish = "changes" if "confirmed" in form.errors else "save"
        return _edit(_as_opened(slug, form), form), 422
    except Conflict as conflict:
        form.text, form.section = whole, ""
        return clashes.screen(slug, form, messages.conflict(conflict)), 409
    if done.merged:
        flash(_("Saved, together with what somebody else had changed meanwhile."), "success")
    elif done.changed:
        flash(_("The page is saved."), "success")
    else:
        flash(_("Nothing changed: the text was already this."))
    return to_page(slug)


def _as_opened(slug: str, form: TextForm) -> Opened:
    return opened(signed_in.reader(), slug, form.base or None, form.section)


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
        parents=tree.choices(reader, page.id, page.parent_id),
        most_parents=tree.MOST_NODES,
        audiences=audiences(reader),
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
        return _settings(slug, in_words(problem), title), 422
    except Conflict as conflict:
        return _settings(slug, {"title": messages.conflict(conflict)}, title), 409
    flash(_("The page has its new name; the old address leads to it."), "success")
    return to_page(slug)


@blueprint.post("/<slug>/place")
def move(slug: str) -> ResponseReturnValue:
    """Put the page elsewhere in the tree."""
    page_id = _id(slug)
    chosen, place = number_of(request.form.get("parent")), number_of(request.form.get("place"))
    try:
        with transaction(signed_in.actor_id()) as tx:
            parent = tree.meant(tx, chosen, request.form.get("parent_name", ""))
            service.move_page(tx, page_id, parent, place)
    except Invalid as problem:
        return _settings(slug, in_words(problem)), 422
    flash(_("The page has its new place."), "success")
    return to_page(slug)


@blueprint.post("/<slug>/tags")
def tag(slug: str) -> ResponseReturnValue:
    """File the page under other words."""
    page_id = _id(slug)
    seen, wanted = tags_of(request.form.get("seen", "")), tags_of(request.form.get("tags", ""))
    try:
        with transaction(signed_in.actor_id()) as tx:
            service.set_tags(tx, page_id, seen, wanted)
    except Invalid as problem:
        return _settings(slug, in_words(problem)), 422
    flash(_("The tags are saved."), "success")
    return to_page(slug)


@blueprint.post("/<slug>/audience")
def set_audience(slug: str) -> ResponseReturnValue:
    """Choose who may read the page."""
    page_id = _id(slug)
    try:
        with transaction(signed_in.actor_id()) as tx:
            service.set_audience(tx, page_id, request.form.get("audience", ""))
    except Invalid as problem:
        return _settings(slug, in_words(problem)), 422
    flash(_("The choice is saved."), "success")
    return to_page(slug)


@blueprint.post("/<slug>/archiving")
def put_away(slug: str) -> ResponseReturnValue:
    """Put the page in the archive, with a reason."""
    page_id = _id(slug)
    try:
        with transaction(signed_in.actor_id()) as tx:
            service.archive_page(tx, page_id, request.form.get("reason", ""))
    except Invalid as problem:
        return _settings(slug, in_words(problem)), 422
    flash(_("The page is archived. Nothing is lost: it can come back."), "success")
    return to_page(slug)


@blueprint.post("/<slug>/unarchiving")
def take_out(slug: str) -> ResponseReturnValue:
    """Take the page out of the archive."""
    page_id = _id(slug)
    with transaction(signed_in.actor_id()) as tx:
        service.unarchive_page(tx, page_id)
    flash(_("The page is in use again."), "success")
    return to_page(slug)
