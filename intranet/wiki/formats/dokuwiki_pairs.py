"""Where signs that come in pairs end in a text of DokuWiki, in one pass however long a line is.

Pure. An expression that looks for the end of each opening sign by itself reads a line of opening
signs as often as there are signs.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping


class Endings:
    """The ends of pairs in one text, asked for from left to right."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._line_end = -1
        self._missing: dict[str, int] = {}

    def after(self, opening_at: int, sign: str, start: int, not_after: str = "") -> int:
        """Where a sign stands at or behind `start`, in the line of the opening sign, and not right
        after `not_after`; -1 for nowhere."""
        if opening_at > self._line_end:
            end = self._text.find("\n", opening_at)
            self._line_end = end if end >= 0 else len(self._text)
        if self._missing.get(sign) == self._line_end:
            return -1
        at = self._text.find(sign, start, self._line_end)
        while not_after and at > 0 and self._text[at - 1] == not_after:
            at = self._text.find(sign, at + 1, self._line_end)
        if at < 0:
            self._missing[sign] = self._line_end
        return at


def paired(text: str, pairs: Mapping[str, str]) -> Iterator[tuple[int, int]]:
    """Where each pair begins and ends in a line, signs included; pairs do not overlap, and the
    first that opens counts."""
    opening = re.compile("|".join(map(re.escape, pairs)))
    endings, at = Endings(text), 0
    while found := opening.search(text, at):
        ending = pairs[found[0]]
        end = endings.after(found.start(), ending, found.end())
        if end < 0:
            at = found.start() + 1
        else:
            at = end + len(ending)
            yield found.start(), at
