"""Stored HTML of a page, cut into its paragraphs without rendering anything again. Pure."""

from __future__ import annotations

import re
from itertools import zip_longest

_BLOCK = re.compile(r'<div class="block"[^<>]*? id="b-([\w-]+)">')
_NOTES = '<div class="footnote">'
_TEXT = '<div class="block__text">'
_MARGIN = '</div><div class="block__margin">'


def paragraphs_of(html: str) -> tuple[dict[str, str], str]:
    """The inside of each paragraph by its id, and the notes: what stands in no paragraph."""
    starts = list(_BLOCK.finditer(html))
    end = html.rfind(_NOTES)
    ends_at = end if starts and end > starts[-1].end() else len(html)
    found = {}
    for start, following in zip_longest(starts, starts[1:]):
        until = following.start() if following else ends_at
        found[start[1]] = _inside(html[start.end() : until].rstrip())
    return found, html[ends_at:] if starts else ""


def _inside(rest: str) -> str:
    """What stands in a paragraph, without its margin; `rest` goes to the end of its box."""
    inner = rest.removesuffix("</div>")
    if not inner.startswith(_TEXT):
        return inner
    inner = inner[len(_TEXT) :]
    margin = inner.rfind(_MARGIN)
    return inner[:margin] if margin >= 0 else inner.removesuffix("</div>")
