"""What the editor asks for while somebody writes a page."""

from __future__ import annotations

import re

from flask import Blueprint, jsonify, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from intranet.core.policy import Refused
from intranet.decisions.naming_queries import decisions_like
from intranet.members import directory_queries
from intranet.web import signed_in
from intranet.wiki import policy
from intranet.wiki.reading import PageRef
from intranet.wiki.writing.naming_queries import pages_like

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
    decisions = decisions_like(reader, words, DECISIONS_SHOWN) if words.strip() else []
    pages = pages_like(reader, words, PAGES_SHOWN)
    return jsonify(
        [_suggestion(page.title, _link(page)) for page in pages]
        + [
            _suggestion(f"{one.number} {one.title}", f"[[{one.number}]]", _("Decision"))
            for one in decisions
        ]
    )


def _suggestion(label: str, insert: str, hint: str = "") -> dict[str, str]:
    return {"label": label, "insert": insert, "hint": hint}


def _link(page: PageRef) -> str:
    """The link by name; by address when the name holds signs that mean something in a link."""
    if not _SIGNS_OF_LINKS.search(page.title):
        return f"[[{page.title}]]"
    return f"[[{page.slug}|{_SIGNS_OF_LINKS.sub(' ', page.title).strip()}]]"
