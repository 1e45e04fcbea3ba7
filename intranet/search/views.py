"""The page where one finds things again."""

from __future__ import annotations

from dataclasses import dataclass, replace

from flask import Blueprint, Response, jsonify, render_template, request, url_for
from flask_babel import gettext as _

from intranet.core.transaction import Reader
from intranet.search import completion, folding, questions, similar_queries
from intranet.search.facets import Choice, choices
from intranet.search.folding import Folded
from intranet.search.parsing import parse_query
from intranet.search.port import FACETS, KINDS, PAGE_SIZE, Hint, Hits, IndexUnusable
from intranet.search.questions import Question
from intranet.web import messages, signed_in

blueprint = Blueprint("search", __name__)

LAST_PAGE = 50
LONGEST = 2000


@dataclass(frozen=True)
class Answer:
    """What was found, for a template; `is_being_built` while there is no index to ask."""

    hits: Hits
    folded: tuple[Folded, ...] = ()
    page: int = 1
    pages: int = 1
    is_being_built: bool = False


def _ask(reader: Reader, question: Question, page: int) -> Answer:
    try:
        hits = questions.answer(reader, question, (page - 1) * PAGE_SIZE, facets=True)
    except IndexUnusable:
        return Answer(Hits(0, ()), is_being_built=True)
    pages = min(max(-(-hits.total // PAGE_SIZE), 1), LAST_PAGE)
    return Answer(hits, folding.folded(reader, hits.hits), page, pages)


def hint_words(hint: Hint | None) -> str:
    """What to tell about the question, in a sentence; empty when there is nothing to say."""
    return messages.hint(hint.code, {"value": hint.value}) if hint else ""


def _chosen() -> dict[str, str]:
    """The choices among facets in the address; one of each."""
    found = {name: request.args.get(name, "")[:200] for name in FACETS}
    return {
        name: value for name, value in found.items() if value and (name != "kind" or value in KINDS)
    }


def _narrowed(question: Question, chosen: dict[str, str]) -> Question:
    """The question, with the choices among facets."""
    query = question.query
    fields = {
        "kind": "kinds",
        "state": "states",
        "body": "bodies",
        "tag": "tags",
        "author": "authors",
        "year": "years",
    }
    wanted = {fields[name]: (value,) for name, value in chosen.items()}
    return replace(question, query=replace(query, **wanted))  # type: ignore[arg-type]


@blueprint.get("/search/similar")
def similar() -> str:
    """What resembles the title of a proposal, as a piece of a page for the form that asks."""
    title = request.args.get("q", "")[:500]
    found = similar_queries.similar(signed_in.reader(), title)
    return render_template("search/similar.html", similar=found)


@blueprint.get("/search/complete")
def complete() -> Response:
    """What the words typed so far may become, for the search box that asks."""
    typed = request.args.get("q", "")[:200]
    found = completion.complete(signed_in.reader(), typed)
    answer = jsonify(
        [
            {"kind": messages.label(f"found.{one.kind}"), "words": one.words, "url": one.url}
            for one in found
        ]
    )
    answer.headers["Cache-Control"] = "private, no-store"
    return answer


@blueprint.get("/search")
def show() -> str:
    """Results for the question asked, or how to ask."""
    typed = request.args.get("q", "")[:LONGEST]
    page = min(max(request.args.get("page", 1, type=int), 1), LAST_PAGE)
    chosen = _chosen()
    answer, hint = None, parse_query(typed).hint
    if typed.strip() or chosen:
        reader = signed_in.reader()
        answer = _ask(reader, _narrowed(questions.asked(reader, typed), chosen), page)
        hint = answer.hits.hint
    address = {"q": typed, **chosen}
    return render_template(
        "search/show.html",
        typed=typed,
        chosen=chosen,
        address=address,
        kinds=_kinds(answer, address),
        facets=_facets(answer, address),
        answer=answer,
        hint=hint_words(hint) if typed.strip() or chosen else "",
        meant=hint.meant if hint else "",
    )


def _kinds(answer: Answer | None, address: dict[str, str]) -> list[tuple[str, str, bool]]:
    """The kinds as tabs: everything, and each of which there is something."""
    there = {facet.value for facet in answer.hits.facets if facet.name == "kind"} if answer else ()
    chosen = address.get("kind", "")
    tabs = [(_("Everything"), _link(address, kind=""), not chosen)]
    for kind in KINDS:
        if kind in there or kind == chosen:
            words = messages.label(f"finds.{kind}")
            tabs.append((words, _link(address, kind=kind), kind == chosen))
    return tabs


def _link(address: dict[str, str], **changed: str) -> str:
    values = {name: value for name, value in {**address, **changed}.items() if value}
    return url_for("search.show", **values)  # type: ignore[arg-type]


def _facets(answer: Answer | None, address: dict[str, str]) -> list[tuple[str, list[Choice]]]:
    return choices(answer.hits.facets, address, _link) if answer else []
