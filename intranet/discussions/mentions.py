"""Who is called by name in a text: "@Amel", or "@Amel Benali" (pure)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from intranet.core.text import fold

_CALL = re.compile(r"(?<![\w@.])@(?=\w)")
_WORD = re.compile(r"[\w’'\-]+")
_CODE = re.compile(r"```.*?(?:```|\Z)|`[^`\n]*`", re.DOTALL)
LONGEST_NAME = 6
"""How many words of a text are looked at after an @."""

Named = tuple[int, str]
"""A person: number and name."""


@dataclass(frozen=True)
class Mentions:
    """The numbers of those called without doubt; `unclear` gives, by the words after an @, the
    names that they could mean."""

    people: tuple[int, ...]
    unclear: tuple[tuple[str, tuple[str, ...]], ...]


def mentions(text: str, people: Iterable[Named]) -> Mentions:
    """Whom a text calls among these people, by the longest name that fits.

    Capitals and accents do not count. A first name that several people have is unclear, and so is
    a whole name; a word that is nobody's name is none. What stands in code is not read.
    """
    known = [(number, name, fold(name).split()) for number, name in people]
    found: dict[int, None] = {}
    unclear: dict[str, tuple[str, ...]] = {}
    plain = _CODE.sub(" ", text)
    for call in _CALL.finditer(plain):
        words = _WORD.findall(plain[call.end() : call.end() + 120])[:LONGEST_NAME]
        said, meant = _meant([fold(word) for word in words], known)
        if len(meant) == 1:
            found[meant[0][0]] = None
        elif meant:
            unclear[" ".join(words[:said])] = tuple(name for _, name in meant)
    return Mentions(tuple(found), tuple(unclear.items()))


def _meant(
    words: Sequence[str], known: Sequence[tuple[int, str, Sequence[str]]]
) -> tuple[int, list[Named]]:
    """How many words are a name, and of whom: the most words that begin somebody's name."""
    for length in range(len(words), 0, -1):
        said = [part for word in words[:length] for part in word.split()]
        meant = [(number, name) for number, name, parts in known if parts[: len(said)] == said]
        if meant:
            return length, meant
    return 0, []
