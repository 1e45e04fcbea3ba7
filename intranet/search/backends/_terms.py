"""The terms of a document in the order of its text, kept by a backend to score it well (pure).

Of each field one line of words: title, headings, tags, body, and aside what takes no position.
"""

import zlib
from collections.abc import Iterable, Sequence

from intranet.search.analysis import Token
from intranet.search.fields import Analysed

_BETWEEN = "\x1f"
_GAP = "-"
"""A term that no text has: between two headings, so that no phrase runs from one into the next."""
_BODY = 3
ANY = "--"
"""A term that every document has, and that is therefore worth nothing."""


def columns(fields: Analysed) -> list[str]:
    """The text of each column: terms in the order of their positions."""
    aside = [t.term for _, tokens in fields.each() for t in tokens if _is_aside(t)]
    return [*(_in_order(tokens) for _, tokens in fields.each()), " ".join((ANY, *aside))]


def kept(columns: list[str]) -> bytes:
    """The text of the columns, to be told to FTS5 again when the document must be forgotten."""
    return zlib.compress(_BETWEEN.join(columns).encode("utf-8", "surrogatepass"), 1)


def columns_of(blob: bytes) -> list[str]:
    """The columns back."""
    return zlib.decompress(blob).decode("utf-8", "surrogatepass").split(_BETWEEN)


def places(columns: Sequence[str], wanted: frozenset[str]) -> dict[str, list[tuple[int, int]]]:
    """Where the wanted terms stand; those of the last column, by the way, in the text."""
    found: dict[str, list[tuple[int, int]]] = {}
    for field, column in enumerate(columns):
        text = f" {column} "
        place = min(field, _BODY)
        for term in wanted:
            at = text.find(f" {term} ")
            while at >= 0:
                found.setdefault(term, []).append((place, text.count(" ", 0, at)))
                at = text.find(f" {term} ", at + 1)
    return found


def _is_aside(token: Token) -> bool:
    return token.is_stop or token.is_whole_code


def _in_order(tokens: Iterable[Token]) -> str:
    words: list[str] = []
    expected = 0
    for token in tokens:
        if not _is_aside(token):
            if token.position > expected:
                words.append(_GAP)
            words.append(token.term)
            expected = token.position + 1
    return " ".join(words)
