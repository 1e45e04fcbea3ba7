"""Stored HTML of a rule, cut into its paragraphs for a page that shows many rules (pure).

Nothing is rendered: the words are those that were drawn when the rule was written. Ids and the
links to them get a prefix, because two rules may have the same; headings step down below the
heading of their rule.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from intranet.core.html_slices import paragraphs_of

# Signs that open and close tags are escaped in texts, so what stands before a ">" is inside a tag.
_ID = re.compile(r'(?<=\s)(id="|href="#)(?=[^<>]*>)')
_HEADING = re.compile(r"(</?h)([2-6])(?=[\s>])")
_FIRST_TAG = re.compile(r"^\s*<h[1-6][^<>]*>")
LOWEST = 6


@dataclass(frozen=True)
class Slices:
    """The inside of each paragraph by its id, and the notes at the end of the text."""

    paragraphs: Mapping[str, str]
    notes: str

    @property
    def first_level(self) -> int:
        """The level of the highest heading, 2 when there is none."""
        found = (_HEADING.search(html) for html in self.paragraphs.values())
        return min((int(level[2]) for level in found if level), default=2)


def sliced(html: str) -> Slices:
    """The paragraphs of a text as it is stored. What is not in any paragraph are its notes."""
    return Slices(*paragraphs_of(html))


def moved(html: str, prefix: str, step: int) -> str:
    """The HTML with a prefix before each id and each link to one, its headings `step` levels
    lower, never below the sixth."""
    scoped = _ID.sub(rf"\g<1>{prefix}", html)
    if not step:
        return scoped
    return _HEADING.sub(lambda tag: f"{tag[1]}{min(int(tag[2]) + step, LOWEST)}", scoped)


def heading_level(html: str) -> int:
    """The level of the heading that a paragraph is; 0 when it is none."""
    first = _FIRST_TAG.match(html)
    level = _HEADING.search(html)
    return int(level[2]) if first and level else 0


def with_number(html: str, number: str) -> str:
    """A heading with a number before its words."""
    return _FIRST_TAG.sub(lambda tag: f"{tag[0]}{number} ", html, count=1)
