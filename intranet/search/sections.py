"""Under which heading of a text the answer stands (pure)."""

from intranet.search.analysis import occurrences
from intranet.search.port import Found

Section = tuple[str, str]
"""The words of a heading, and its anchor."""


def section_of(found: Found, sought: frozenset[str], at: int) -> Section | None:
    """The heading that holds the most of what was searched for, if it holds at least two things or
    all there is, else the one above the passage that begins at this character. None at the
    beginning of the text and where there are no headings."""
    if not found.sections:
        return None
    named = [(len(_held(words, found.language, sought)), words) for words, _ in found.sections]
    most = max(named, key=lambda pair: pair[0])[0]
    if most >= 2 or (most == 1 and len(sought) == 1):
        return found.sections[[held for held, _ in named].index(most)]
    return _above(found, at)


def _held(words: str, language: str, sought: frozenset[str]) -> set[str]:
    return {one.term for one in occurrences(words, language, sought)}


def _above(found: Found, at: int) -> Section | None:
    """The last heading that stands before a character; headings are looked for in their order."""
    last, start = None, 0
    for section in found.sections:
        place = found.body.find(section[0], start)
        if place > at:
            break
        if place >= 0:
            last, start = section, place + len(section[0])
    return last
