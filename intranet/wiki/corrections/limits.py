"""What a correction of the writing may change: letters and signs, never what is said (pure)."""

from __future__ import annotations

import re
from collections import Counter
from difflib import SequenceMatcher

from intranet.core.blocks import split_blocks
from intranet.core.text import fold

MOST_WORDS = 6
"""How many words of a paragraph one correction may touch."""

SAME_WORD = 0.5
"""How alike (0 to 1) the letters before and after must be to be the same word, mended."""

_WORDS = re.compile(r"[^\W\d_]+|\d+(?:[.,]\d+)*|[%€$]")
_NUMBERS = re.compile(r"\d+(?:[.,]\d+)*|[%€$]")
_LINKS = re.compile(r"\]\(([^)]*)\)|\[\[([^\]|]*)")
_WEIGHTY = frozenset(
    """
    ne n pas plus jamais aucun aucune rien ni non sans sauf hors excepte et ou si peut peuvent
    pourra pourront doit doivent devra devront faut interdit interdite obligatoire facultatif tous
    toutes tout toute chaque seul seule seulement uniquement moins avant apres
    not no never none nor without except unless only all any each every and or if may can could
    must shall should will would forbidden required optional less more before after
    """.split()  # noqa: SIM905 - a list of words reads better as words
)
"""Words that carry what is allowed, asked or refused; none may come, go or change."""


def problem_of(old: str, new: str) -> str:
    """Why a change of a paragraph is more than a correction, as a code; empty when it is none.

    It keeps the paragraph a paragraph of the same sort, its numbers and links, the words that
    allow, ask or refuse; it touches few words, and each stays the same word.
    """
    if old.strip() == new.strip():
        return "correction_changes_nothing"
    if _shape(old) != _shape(new):
        return "correction_changes_the_structure"
    if _NUMBERS.findall(old) != _NUMBERS.findall(new) or _LINKS.findall(old) != _LINKS.findall(new):
        return "correction_changes_numbers"
    before, after = _words(old), _words(new)
    if _weight(before) != _weight(after):
        return "correction_changes_the_meaning"
    return _problem_of_words(before, after)


def _shape(text: str) -> list[tuple[str, str]]:
    """The sort of each block, with the marks a heading begins with."""
    marks = re.compile(r"#*")
    return [(block.kind, _mark(marks, block.text)) for block in split_blocks(text.strip("\n"))]


def _mark(marks: re.Pattern[str], text: str) -> str:
    found = marks.match(text)
    return found[0] if found else ""


def _words(text: str) -> list[str]:
    return _WORDS.findall(text)


def _weight(words: list[str]) -> Counter[str]:
    return Counter(word for word in map(fold, words) if word in _WEIGHTY)


def _problem_of_words(before: list[str], after: list[str]) -> str:
    touched = 0
    for step, i, j, k, end in SequenceMatcher(a=before, b=after, autojunk=False).get_opcodes():
        if step == "equal":
            continue
        touched += max(j - i, end - k)
        old, new = "".join(before[i:j]), "".join(after[k:end])
        alike = SequenceMatcher(a=fold(old), b=fold(new), autojunk=False).ratio()
        if alike < SAME_WORD:
            return "correction_changes_the_meaning"
    return "correction_touches_too_much" if touched > MOST_WORDS else ""
