"""The page where one finds things again."""

from __future__ import annotations

from dataclasses import dataclass, replace

from flask import Blueprint, render_template, request
from flask_babel import gettext as _

from intranet.core.transaction import Reader
from intranet.search import similar_queries, sources
from intranet.search.index import backend_of
from intranet.search.parsing import parse_query
from intranet.search.port import KINDS, PAGE_SIZE, Hint, Hits, IndexUnusable, Query
from intranet.web import messages, signed_in

blueprint = Blueprint("search", __name__)

LAST_PAGE = 50


@dataclass(frozen=True)
class Answer:
    """What was found, for a template; `is_being_built` while there is no index to ask."""

    hits: Hits
    page: int
    pages: int
    is_being_built: bool = False


def _ask(reader: Reader, query: Query, page: int) -> Answer:
    audiences = frozenset(str(audience) for audience in reader.actor.audiences)
    try:
        hits = backend_of(reader.session).find(query, audiences, (page - 1) * PAGE_SIZE)
    except IndexUnusable:
        return Answer(Hits(0, ()), 1, 1, is_being_built=True)
    allowed = sources.still_visible(reader, [hit.key for hit in hits.hits]) if hits.hits else set()
    ended = sources.repealed(reader, allowed)
    kept = tuple(
        replace(hit, state="repealed") if hit.key in ended else hit
        for hit in hits.hits
        if hit.key in allowed
    )
    # What may no longer be seen leaves no trace in the number either.
    total = hits.total - (len(hits.hits) - len(kept))
    pages = min(max(-(-total // PAGE_SIZE), 1), LAST_PAGE)
    return Answer(Hits(total, kept, hits.hint), page, pages)


def hint_words(hint: Hint | None) -> str:
    """What to tell about the question, in a sentence; empty when there is nothing to say."""
    return messages.hint(hint.code, {"value": hint.value}) if hint else ""


@blueprint.get("/search/similar")
def similar() -> str:
    """What resembles the title of a proposal, as a piece of a page for the form that asks."""
    title = request.args.get("q", "")[:500]
    found = similar_queries.similar(signed_in.reader(), title)
    return render_template("search/similar.html", similar=found)


@blueprint.get("/search")
def show() -> str:
    """Results for the question asked, or how to ask."""
    typed = request.args.get("q", "")[:2000]
    kind = request.args.get("kind", "")
    page = min(max(request.args.get("page", 1, type=int), 1), LAST_PAGE)
    question = f"{typed} kind:{kind}" if kind in KINDS else typed
    answer = None
    query = parse_query(question)
    if typed.strip():
        answer = _ask(signed_in.reader(), query, page)
    hint = (answer and answer.hits.hint) or query.hint
    kinds = [
        ("", _("Everything")),
        ("page", _("Pages")),
        ("decision", _("Decisions")),
        ("proposal", _("Proposals")),
        ("comment", _("Comments")),
    ]
    return render_template(
        "search/show.html",
        typed=typed,
        kind=kind,
        kinds=kinds,
        answer=answer,
        hint=hint_words(hint) if typed.strip() else "",
    )
