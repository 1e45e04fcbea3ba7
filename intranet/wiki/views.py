"""Pages to read: the tree, a page, its history, and the lists."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from intranet.core import clock
from intranet.core.policy import NotFound, Verdict
from intranet.core.transaction import Reader
from intranet.web import (
    again,
    citations,
    kept,
    links,
    messages,
    readers,
    signed_in,
    standing,
    trials,
)
from intranet.web.parts import Parts
from intranet.web.rule_deciders import Decider, deciders_of
from intranet.web.section_links import with_section_links
from intranet.web.trials import Trial
from intranet.wiki import forms, lists, policy, queries, reading, repeals, tree, upkeep
from intranet.wiki.history import removal_of
from intranet.wiki.open_links import opened_links
from intranet.wiki.past.days import links_on
from intranet.wiki.reading import PageView
from intranet.wiki.rendering import without_actions
from intranet.wiki.tags.policy import may_rename_tag
from intranet.wiki.trash.policy import may_take_from_trash
from intranet.wiki.trash.queries import trashed_page

blueprint = Blueprint("wiki", __name__, url_prefix="/wiki")

CHANGES_SHOWN = 8


def refusal(verdict: Verdict) -> str:
    """Why something is not possible, or nothing when it is."""
    return "" if verdict else messages.reason(verdict)


def today(reader: Reader) -> date:
    """The day it is for the cooperative, without asking the database."""
    return clock.local_day(reader.now, signed_in.cooperative().zone)


@blueprint.get("/")
@again.same_all_day
def index() -> str:
    """The tree, what changed lately, and the tags."""
    reader = signed_in.reader()
    found = tree.tree(reader, today(reader))
    return render_template(
        "wiki/index.html",
        nodes=_nodes(found.roots),
        hidden=found.hidden,
        changes=queries.recent_changes(reader, CHANGES_SHOWN, minor=False),
        tags=lists.tags(reader),
        write_refusal=refusal(policy.may_write(reader)),
        label=messages.label,
    )


def _nodes(nodes: Iterable[tree.Node]) -> list[dict[str, object]]:
    """The tree as the template's macro draws it."""
    return [
        {
            "title": node.title,
            "url": url_for("wiki.show", slug=node.slug),
            "is_repealed": node.is_repealed,
            "children": _nodes(node.children),
        }
        for node in nodes
    ]


@blueprint.get("/<slug>")
@again.same_all_day
def show(slug: str) -> ResponseReturnValue | Parts:
    """A page, or with ?on= its text on another day."""
    reader = signed_in.reader()
    day = today(reader)
    asked = forms.day_of(request.args.get("on")) or day
    try:
        page = _page_on(reader, slug, asked, day)
    except NotFound:
        return _at_new_address(reader, slug)
    if page.trashed_at:
        return _gone(reader, page)
    page = replace(page, html=opened_links(reader, page.id, page.html))
    past = None if asked == day else asked
    deciders = deciders_of(reader, page.layer, page.deciders)
    found = trials.on_page(reader, page.revision_id, asked) if page.is_rule else ()
    marks = citations.prepare(reader, [page.html])
    people = readers.words(reader, page.audience), readers.words(reader, page.writers)
    may_revise, is_personal = policy.revising_shown(reader, page)
    content = (request.full_path, page, asked, day, deciders, found, marks, people, may_revise)
    made = kept.page(
        content, lambda: _shown(reader, page, past, deciders, found, people, may_revise)
    )
    return again.not_promised(made) if is_personal else made


def _page_on(reader: Reader, slug: str, asked: date, day: date) -> PageView:
    if asked >= day:
        return reading.page_by_slug(reader, slug, asked)
    zone = signed_in.cooperative().zone
    until = clock.start_of_day(asked + timedelta(days=1), zone) - timedelta(microseconds=1)
    return reading.page_by_slug(reader, slug, asked, until=until)


def _gone(reader: Reader, page: PageView) -> ResponseReturnValue:
    """What stands at the address of a page in the trash, and the way to take it out."""
    take = refusal(may_take_from_trash(reader, page))
    found = trashed_page(reader, page.slug)
    removal = removal_of(reader, page.revision_id) if not page.html else None
    said = {"trashed": found, "take_refusal": take, "removal": removal}
    return render_template("wiki/trash/gone.html", page=page, **said), 410


def _at_new_address(reader: Reader, slug: str) -> ResponseReturnValue:
    present = reading.address_of_former(reader, slug)
    if present is None:
        raise NotFound
    return redirect(url_for("wiki.show", slug=present, on=request.args.get("on")), 301)


def _shown(
    reader: Reader,
    page: PageView,
    asked: date | None,
    deciders: tuple[Decider, ...],
    found: tuple[Trial, ...],
    people: tuple[str, str],
    may_revise: Verdict,
) -> str:
    text = links_on(page.html, asked) if asked else page.html
    text = trials.marked(text, found)
    if may_revise and asked is None:
        text = with_section_links(text, page.slug)
    return render_template(
        "wiki/show.html",
        page=replace(page, html=without_actions(text) if page.repealed_on else text),
        removal=removal_of(reader, page.revision_id) if not page.html else None,
        trials=found,
        asked=asked,
        edit_refusal=refusal(may_revise),
        may_suggest=not may_revise and not page.is_rule and not page.archived_at,
        write_refusal=refusal(policy.may_write(reader)),
        amend_url=links.amendment(page.slug) if page.is_rule else None,
        deciders=deciders,
        readers=people[0],
        standing=standing.facts(page, *people),
        adopt_url=None if page.is_rule or page.archived_at else links.adoption(page.slug),
        label=messages.label,
    )


@blueprint.get("/<slug>/amendment")
def amendment(slug: str) -> ResponseReturnValue:
    """Where the marks beside paragraphs lead: to proposing a change of the rule; to the page itself
    when the rule is repealed."""
    reader = signed_in.reader()
    card = queries.page_card(reader, slug)
    if repeals.repeal_of(reader, card.id) is not None:
        return redirect(url_for("wiki.show", slug=card.slug))
    target = links.amendment(slug, request.args.get("block"))
    if target is None:
        abort(404)
    return redirect(target)


@blueprint.get("/wanted")
def wanted() -> str:
    """Pages that others link to and nobody has written."""
    found = upkeep.wanted(signed_in.reader(), _page_asked())
    return render_template("wiki/wanted.html", part=found)


@blueprint.get("/orphans")
def orphans() -> str:
    """Pages nothing leads to."""
    found = upkeep.orphans(signed_in.reader(), _page_asked())
    return render_template("wiki/orphans.html", part=found)


@blueprint.get("/links")
def broken_links() -> str:
    """Links to files and sections that are not there."""
    found = upkeep.broken(signed_in.reader(), _page_asked())
    return render_template("wiki/links.html", part=found)


def _page_asked() -> int:
    return forms.number_of(request.args.get("page")) or 1


@blueprint.get("/archive")
def archive() -> str:
    """Pages that were put away."""
    return render_template("wiki/archive.html", archived=lists.archived(signed_in.reader()))


@blueprint.get("/tags/<path:tag>")
def tagged(tag: str) -> str:
    """The pages filed under a tag."""
    reader = signed_in.reader()
    found = lists.tagged(reader, tag)
    if not found:
        raise NotFound
    rename = refusal(may_rename_tag(reader))
    return render_template("wiki/tagged.html", tag=tag, pages=found, rename_refusal=rename)
