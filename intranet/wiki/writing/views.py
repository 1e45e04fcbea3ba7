"""A new page, and what the editor asks for while somebody writes."""

from __future__ import annotations

import re

from flask import Blueprint, flash, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from intranet.core.policy import Invalid, Refused
from intranet.core.transaction import Reader, transaction
from intranet.decisions.naming_queries import decisions_like
from intranet.members import directory_queries
from intranet.proposals.typing.queries import Typed
from intranet.web import messages, signed_in
from intranet.web.unsent import unsent
from intranet.wiki import history, lists, policy, queries, service, tree
from intranet.wiki.desk.views import audiences, in_words, to_page
from intranet.wiki.directory import title_key
from intranet.wiki.forms import PageForm, number_of
from intranet.wiki.reading import PageRef
from intranet.wiki.views import blueprint as pages
from intranet.wiki.writing.naming_queries import pages_like
from intranet.wiki.writing.queries import last_created_at
from intranet.wiki.writing.template_queries import page_templates

blueprint = Blueprint("writing", __name__, url_prefix="/wiki")

PAGES_SHOWN, DECISIONS_SHOWN, PEOPLE_SHOWN = 8, 4, 8
_SIGNS_OF_LINKS = re.compile(r"[\[\]|#]+")


@blueprint.get("/completions")
def completions() -> ResponseReturnValue:
    """What could follow "[[" or "@": only what this person may read, as JSON."""
    reader = signed_in.reader()
    verdict = policy.may_write(reader)
    if not verdict:
        raise Refused(verdict)
    words = request.args.get("q", "")[:80]
    if request.args.get("kind") == "people":
        people = directory_queries.directory(reader, words)[:PEOPLE_SHOWN]
        return jsonify([_suggestion(card.name, f"@{card.name}") for card in people])
    found = [
        _suggestion(page.title, _link(page)) for page in pages_like(reader, words, PAGES_SHOWN)
    ]
    for one in decisions_like(reader, words, DECISIONS_SHOWN) if words.strip() else ():
        found.append(_suggestion(f"{one.number} {one.title}", f"[[{one.number}]]", _("Decision")))
    return jsonify(found)


def _suggestion(label: str, insert: str, hint: str = "") -> dict[str, str]:
    return {"label": label, "insert": insert, "hint": hint}


def _link(page: PageRef) -> str:
    """The link by name; by address when the name holds signs that mean something in a link."""
    if not _SIGNS_OF_LINKS.search(page.title):
        return f"[[{page.title}]]"
    return f"[[{page.slug}|{_SIGNS_OF_LINKS.sub(' ', page.title).strip()}]]"


@pages.get("/new")
def create() -> ResponseReturnValue:
    """The form of a new page, begun with a template or with what was left in it; when the page
    exists already, the page."""
    reader = signed_in.reader()
    title = request.args.get("title", "")
    there = lists.page_named(reader, title_key(title)) if title else None
    if there:
        return redirect(url_for("wiki.show", slug=there.slug))
    verdict = policy.may_write(reader)
    if not verdict:
        raise Refused(verdict)
    form = PageForm(title=title, parent=_parent(reader))
    if template := request.args.get("template"):
        form.text = history.edit_base(reader, template).source
        return _new_page(reader, form)
    typed = unsent(reader, url_for("wiki.create"), last_created_at(reader))
    if typed and not title and any(typed.fields.get(name) for name in ("title", "text")):
        return _new_page(reader, PageForm.from_request(typed.fields), typed)
    return _new_page(reader, form)


def _parent(reader: Reader) -> str:
    """The number of the page to stand below, which an address names by its slug, a form by it."""
    asked = request.args.get("parent", "")
    return asked if not asked or number_of(asked) else str(queries.page_card(reader, asked).id)


def _new_page(reader: Reader, form: PageForm, typed: Typed | None = None) -> str:
    taken = lists.page_named(reader, title_key(form.title)) if "title" in form.errors else None
    return render_template(
        "wiki/new.html",
        form=form,
        taken=taken,
        parents=tree.choices(reader, chosen=number_of(form.parent)),
        most_parents=tree.MOST_NODES,
        templates=page_templates(reader, number_of(form.parent)),
        template=request.args.get("template", ""),
        place=url_for("wiki.create"),
        typed=typed,
        audiences=audiences(reader),
        label=messages.label,
    )


@pages.post("/")
def store() -> ResponseReturnValue:
    """Keep a new page."""
    signed_in.reader_who(policy.may_write)
    form = PageForm.from_request(request.form)
    try:
        with transaction(signed_in.actor_id()) as tx:
            parent_id = tree.meant(tx, number_of(form.parent), form.parent_name)
            new = form.page(signed_in.cooperative().locale, parent_id)
            slug = service.create_page(tx, new).slug
    except Invalid as problem:
        form.errors = in_words(problem)
        return _new_page(signed_in.reader(), form), 422
    flash(_("The page is written."), "success")
    return to_page(slug)
