"""Decisions cited in texts: each link gets the title and the state of today, at the reading.

The HTML of texts is stored without states, because these change at midnight and by other
decisions. A view that shows several texts prepares them together, in three statements.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from flask import Flask, current_app, g
from markupsafe import Markup, escape

from intranet.core.citations import CITATION, cited_in, in_full
from intranet.core.transaction import Reader
from intranet.decisions.citing_queries import DecisionMark, meant
from intranet.web import links, signed_in

Marks = dict[str, DecisionMark | None]


def _known() -> Marks:
    if "citations" not in g:
        g.citations = {}
    marks: Marks = g.citations
    return marks


def prepare(reader: Reader, texts: Iterable[str]) -> tuple[DecisionMark, ...]:
    """Look up the decisions that these texts cite and the reader may see, and give their marks: a
    page that is kept for its content depends on them."""
    known = _known()
    numbers = {number for html in texts for number in cited_in(html)}
    missing = numbers - known.keys()
    if missing:
        known.update(dict.fromkeys(missing))
        known.update(meant(reader, missing))
    return tuple(mark for number in sorted(numbers) if (mark := known[number]))


def cited(html: Any) -> Any:
    """The HTML of a text with the title and state of each decision it cites. A link to what this
    reader may not see stays as the author typed it, as if there were no such decision."""
    text = str(html)
    if "/decisions/" not in text:
        return html
    prepare(signed_in.reader(), [text])
    return Markup(CITATION.sub(_badged, text))  # noqa: S704 - the stored HTML is safe


def _badged(link: re.Match[str]) -> str:
    mark = _known()[in_full(link["number"])]
    if mark is None:
        return link[0]
    badges: Any = current_app.jinja_env.get_template("_macros/badge.html").module
    opening = (
        f'<a class="citation" href="{links.decision(mark.number)}" title="{escape(mark.title)}">'
    )
    return f"{opening}{link['label']}</a> {badges.decision_status(mark.state)}"


def install(app: Flask) -> None:
    """Give templates the filter."""
    app.jinja_env.filters["cited"] = cited
