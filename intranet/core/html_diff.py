"""Which words changed between two renderings of one paragraph, marked where they are read. Pure.

Both renderings are safe and balanced. Marks stand around words only, never around a tag, so what
comes out is balanced too; a change of tags alone (bold, the target of a link) shows no mark."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

from intranet.core.diff import LIMIT_BLOCK, aligned_words

# A line ending beside a tag belongs to the tag: nothing may be marked between two boxes.
_TOKEN = re.compile(
    r"\n*<[^<>]*>\n*|&[#\w]{1,30};|[\w·]+['’]?|[\u00a0\u202f]?[^\w\s<>&]|\s|.", re.S
)
_ID = re.compile(r'\s(?:id|for)="[^"]*"(?=[^<>]*>)')


@dataclass(frozen=True)
class Marked:
    """A paragraph before and after, each with its own words marked, and both in one. `is_same`
    says that no word differs."""

    old: str
    new: str
    both: str
    is_same: bool


def marked(old: str, new: str) -> Marked | None:
    """The two renderings with <del> and <ins>; None when they are too long to be compared. Ids are
    left out, because a page shows both."""
    if len(old) + len(new) > LIMIT_BLOCK:
        return None
    before, after = _tokens(old), _tokens(new)
    old_words, new_words = _places(before), _places(after)
    pairs = aligned_words([before[i] for i in old_words], [after[j] for j in new_words])
    kept = {old_words[i] for i, _ in pairs}
    partner = {new_words[j]: old_words[i] for i, j in pairs}
    return Marked(
        old=_side(before, set(old_words) - kept, "del"),
        new=_side(after, set(new_words) - partner.keys(), "ins"),
        both=_together(before, after, old_words, partner),
        is_same=len(pairs) == len(old_words) == len(new_words),
    )


def whole(html: str) -> str:
    """A rendering as it is, without the ids that a page may not hold twice."""
    return _ID.sub("", html)


def _tokens(html: str) -> list[str]:
    return _TOKEN.findall(whole(html))


def _is_word(token: str) -> bool:
    return not token.lstrip("\n").startswith("<")


def _places(tokens: list[str]) -> list[int]:
    return [place for place, token in enumerate(tokens) if _is_word(token)]


def _side(tokens: list[str], own: set[int], tag: str) -> str:
    pieces = ((token, tag if place in own else "") for place, token in enumerate(tokens))
    return "".join(_written(pieces))


def _written(pieces: Iterable[tuple[str, str]]) -> Iterator[str]:
    """Tokens one after the other, neighbours with the same mark within one mark."""
    for mark, group in groupby(pieces, key=lambda piece: piece[1]):
        words = "".join(token for token, _ in group)
        yield f"<{mark}>{words}</{mark}>" if mark else words


def _together(
    before: list[str], after: list[str], old_words: list[int], partner: dict[int, int]
) -> str:
    """The new rendering with the words that went, each before what came in its place."""
    until = _next_partners(after, partner, len(before))
    pieces: list[tuple[str, str]] = []
    gone = last = 0
    for place, token in enumerate(after):
        if not _is_word(token):
            pieces.append((token, ""))
            continue
        while gone < len(old_words) and old_words[gone] < until[place]:
            pieces.append((before[old_words[gone]], "del"))
            gone += 1
        gone += place in partner
        pieces.append((token, "" if place in partner else "ins"))
        last = len(pieces)
    at = last or len(pieces)
    pieces[at:at] = [(before[i], "del") for i in old_words[gone:]]
    return "".join(_written(pieces))


def _next_partners(after: list[str], partner: dict[int, int], end: int) -> list[int]:
    """For each new token, the place of the next old word that stayed."""
    found = [end] * len(after)
    for place in reversed(range(len(after))):
        following = found[place + 1] if place + 1 < len(after) else end
        found[place] = partner.get(place, following)
    return found
