"""The words under which pages are filed, as somebody types one."""

from __future__ import annotations

from collections.abc import Sequence

from intranet.core.text import fold
from intranet.core.transaction import Reader
from intranet.wiki import lists

SUGGESTED = 12


def beginning_with(reader: Reader, typed: str) -> list[str]:
    """The tags of pages this reader may see whose name begins with what was typed, else those
    that hold it; accents and case aside. The most used first."""
    wanted = fold(typed).strip()
    known = sorted(lists.tags(reader), key=lambda pair: (-pair[1], pair[0]))
    names = [tag for tag, _number in known if wanted in fold(tag)]
    return sorted(names, key=lambda tag: not fold(tag).startswith(wanted))[:SUGGESTED]


def by_letter(tags: Sequence[tuple[str, int]]) -> dict[str, list[tuple[str, int]]]:
    """Tags with their counts under the letter they begin with, in the order of the alphabet."""
    found: dict[str, list[tuple[str, int]]] = {}
    for tag, number in sorted(tags, key=lambda pair: fold(pair[0])):
        letter = fold(tag)[:1].upper()
        found.setdefault(letter if letter.isalpha() else "#", []).append((tag, number))
    return found
