"""Numbers of what a rule holds: they follow from the order of a day, and identify nothing (pure).

An article is a rule; its number is its place among the rules of its rank. Its sections are
numbered 4.1, 4.2, 4.2.1; its paragraphs one after the other, whatever the sections.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from intranet.core.html_text import text_of_html

# A heading whose words begin with a number of their own keeps to it: it was decided so.
_OWN_NUMBER = re.compile(
    r"\s*(?:(?:art(?:icle)?|chap(?:itre|ter)?|section|titre|title)\b\W*)?\d", re.I
)
SILENT = frozenset({"rule", "heading", "front_matter"})


@dataclass
class Counter:
    """Gives the numbers of one article, read from its beginning to its end."""

    article: int
    first_level: int
    paragraphs: int = 0
    sections: list[int] = field(default_factory=list)

    def section(self, level: int, html: str) -> str:
        """The number of the next section; empty when its words have a number of their own."""
        depth = max(level - self.first_level, 0)
        del self.sections[depth + 1 :]
        self.sections += [0] * (depth + 1 - len(self.sections))
        if _OWN_NUMBER.match(text_of_html(html)):
            return ""
        self.sections[depth] += 1
        return ".".join(map(str, (self.article, *(max(number, 1) for number in self.sections))))

    def paragraph(self, kind: str) -> int | None:
        """The number of the next paragraph; None for what nobody would cite."""
        if kind in SILENT:
            return None
        self.paragraphs += 1
        return self.paragraphs
