"""Where in a text some terms may stand, told from their first letters alone (pure).

Reading a text into terms takes a hundred times longer than looking through it for a few letters.
What is told here is always enough: no term stands outside these stretches.
"""

import codecs
import re
from collections.abc import Iterator
from functools import lru_cache

from intranet.core.text import fold

_UNTOLD = "\x01"
"""In the place of signs that fold to several letters, to none, or to nobody knows what."""
_FREQUENT = "’‘“”„–—…œŒ€•‹›\u202f\u2009\u2011".ljust(32, "\ufffd")
_SPACES = " \u00a0\u2009\u202f"
_WITHIN = re.compile("[\u0300-\u036f\u00ad\u200b\u2060\ufeff]")
_LETTERS_TOLD = 4
_TELLABLE = re.compile("[a-z0-9]+")


def _as_plain(sign: str) -> str:
    if sign in _SPACES:
        return " "
    if not sign.isalnum():
        return _UNTOLD if _WITHIN.match(sign) else "."
    folded = fold(sign)
    return folded if len(folded) == 1 and _TELLABLE.match(folded) else _UNTOLD


# One byte for each sign of a text, and from there one plain letter: both are steps of C, ten times
# quicker than looking every sign up. Any other sign becomes a question mark, of which nothing is
# told.
_SIGNS = "".join(map(chr, range(128))) + _FREQUENT + "".join(map(chr, range(128 + 32, 256)))
_AS_BYTE = codecs.charmap_build(_SIGNS)
_PLAIN = "".join(_UNTOLD if sign == "?" else _as_plain(sign) for sign in _SIGNS).encode("ascii")


def _plain(text: str) -> bytes:
    """A text with one plain letter for each sign."""
    return codecs.charmap_encode(text, "replace", _AS_BYTE)[0].translate(_PLAIN)


@lru_cache(maxsize=1024)
def _beginnings(wanted: frozenset[str]) -> re.Pattern[bytes] | None:
    """A pattern for plain texts that matches wherever one of these terms may begin, and elsewhere
    too; None when a term has letters of which nothing can be told."""
    if not all(_TELLABLE.fullmatch(term) for term in wanted):
        return None
    told = dict.fromkeys(_beginning(term) for term in sorted(wanted))
    return re.compile("|".join((_UNTOLD, *told)).encode("ascii"))


def _beginning(term: str) -> str:
    """The letters that every word with this stem begins with: a stemmer changes the last letter of
    a stem, never the first ones."""
    if term.isdigit():
        return " ?".join(term[:_LETTERS_TOLD])
    return term[: min(_LETTERS_TOLD, max(len(term) - 1, 2))]


def stretches(text: str, wanted: frozenset[str]) -> Iterator[tuple[int, int]]:
    """The parts of a text in which wanted terms may stand, from one space to another. No word and
    no number such as 3 000 begins outside of a part and ends within it."""
    where = _beginnings(wanted)
    if where is None:
        yield 0, len(text)
        return
    plain, end = _plain(text), 0
    while (found := where.search(plain, end)) is not None:
        start = _space_before(text, end, found.start())
        end = _space_after(text, found.end())
        yield start, end


def _space_before(text: str, least: int, at: int) -> int:
    space = text.rfind(" ", least, at)
    while space > least and text[space - 1].isdigit():
        space = text.rfind(" ", least, space)
    return max(space, least)


def _space_after(text: str, at: int) -> int:
    space = text.find(" ", at)
    while space > 0 and text[space - 1].isdigit():
        space = text.find(" ", space + 1)
    return space if space >= 0 else len(text)
