"""The passage worth showing, with the words that were searched for marked (pure).

The same analysis as the index's finds the words, so a match is marked whatever its accents,
plural or apostrophe. The answer is pieces of text; the template makes them safe and bold.
"""

import re
from collections import Counter

from intranet.search.analysis import Occurrence, occurrences
from intranet.search.port import Segments

LENGTH = 220
"""Characters of a passage, about three lines on a telephone."""
ELLIPSIS = "…"
_LONGEST_READ = 200_000
_SPACE = re.compile(r"\s+")


def marked(text: str, language: str, sought: frozenset[str]) -> Segments:
    """The whole text in pieces, those that were searched for flagged."""
    matches = occurrences(text, language, sought)
    return _segments(text, 0, len(text), matches)


def snippet(text: str, language: str, sought: frozenset[str]) -> Segments:
    """The passage with most of the words searched for, or the beginning when there is none."""
    return passage(text, language, sought)[0]


def passage(text: str, language: str, sought: frozenset[str]) -> tuple[Segments, int]:
    """The passage, and where in the text the first of the words in it stands, 0 for none."""
    text = text[:_LONGEST_READ]
    matches = occurrences(text, language, sought)
    first, last = _densest(matches)
    start, end = _window(text, first, last)
    pieces = _segments(text, start, end, matches)
    before = ((ELLIPSIS, False),) if start > 0 and pieces else ()
    after = ((ELLIPSIS, False),) if text[end:].strip() and pieces else ()
    return before + pieces + after, first


def _densest(matches: list[Occurrence]) -> tuple[int, int]:
    """From where to where most distinct terms stand within the length of a passage."""
    best, best_value, left = (0, 0), (0, 0), 0
    inside: Counter[str] = Counter()
    for token in matches:
        inside[token.term] += 1
        while token.end - matches[left].start > LENGTH:
            inside[matches[left].term] -= 1
            left += 1
        value = (sum(1 for n in inside.values() if n), inside.total())
        if value > best_value:
            best, best_value = (matches[left].start, token.end), value
    return best


def _window(text: str, first: int, last: int) -> tuple[int, int]:
    """The passage around these characters, cut between words."""
    spare = max(0, LENGTH - (last - first))
    start = max(0, first - spare // 3)
    end = min(len(text), start + LENGTH)
    start = max(0, min(start, end - LENGTH))
    if start > 0:
        space = _SPACE.search(text, start, first)
        start = space.end() if space else first
    if end < len(text):
        cut = max(text.rfind(" ", max(last, start), end), text.rfind("\n", max(last, start), end))
        end = cut if cut > start else end
    return start, end


def _segments(text: str, start: int, end: int, matches: list[Occurrence]) -> Segments:
    pieces: list[tuple[str, bool]] = []
    at = start
    for token in matches:
        if token.start < at or token.end > end:
            continue
        pieces.append((_flat(text[at : token.start]), False))
        pieces.append((_flat(text[token.start : token.end]), True))
        at = token.end
    pieces.append((_flat(text[at:end]), False))
    return tuple((piece, flag) for piece, flag in pieces if piece)


def _flat(text: str) -> str:
    return _SPACE.sub(" ", text)
