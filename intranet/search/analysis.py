"""From a text to the terms it can be found by (pure): every backend indexes these and no others.

A token keeps its place in the original text, so that what was found can be shown highlighted,
accents included. Stop words are kept, flagged, at the position of the word that follows them:
« ordre du jour » is a phrase of two positions, and a search for "nous" alone still works.
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from intranet.core.text import fold
from intranet.search.spotting import stretches
from intranet.search.stemming import STEMMERS
from intranet.search.stopwords import STOP_WORDS

MAX_TOKENS = 50_000
"""Words read of one text; a rulebook of sixty pages has 25,000."""
LONGEST_TERM = 64

_INK = "[^\\W_ʼ]"
_WITHIN = "[\u0300-\u036f\u00ad\u200b\u2060\ufeff]"
_LETTER = f"(?:{_INK}|{_WITHIN})"
# Letters in one go, since nearly all texts are read for nearly every search.
_RUN = f"{_INK}{{1,{LONGEST_TERM}}}(?:{_WITHIN}+{_INK}{{0,{LONGEST_TERM}}})*"
_APOSTROPHES = "'’‘´ʼ＇"
_MARKS = "·•‧∙⋅.()/‐‑-"
_SPACES = " \u00a0\u2009\u202f"
_NUMBER = rf"(?<!\w)\d{{1,3}}(?:[{_SPACES}]\d{{3}})+(?!\w)"
_TEXT = re.compile(
    rf"(?P<number>{_NUMBER})"
    rf"|(?P<chunk>{_RUN}(?:(?:\)\(|[{_APOSTROPHES}{re.escape(_MARKS)}]){_RUN}){{0,12}})"
)
_PIECE = re.compile(rf"[^{_APOSTROPHES}]+")
_PART = re.compile(rf"{_LETTER}+")

_ELISIONS = "c d j l m n s t qu jusqu lorsqu puisqu quoiqu re ve ll"
_ELIDED = frozenset(_ELISIONS.split())
_ONE_WORD = {"aujourd'hui": "aujourdhui", "presqu'ile": "presquile"}

# What may follow the mark of an inclusive form: associé·e·s, coopérateur·rice·s, élu(e)s.
_AFTER_ANY_MARK = (
    "e es s ne nes te tes rice rices trice trices euse euses ere eres iere ieres ve ves"
)
_AFTER_A_DOT = (
    "x le les lle lles elle elles ale ales ive ives se ses sse sses esse esses fe fes "
    "che ches que ques gue gues eure eures ienne iennes onne onnes cheffe cheffes"
)
_STRICT_ENDINGS = frozenset(_AFTER_ANY_MARK.split())
_ENDINGS = _STRICT_ENDINGS.union(_AFTER_A_DOT.split())
_DOTS = frozenset("·•‧∙⋅")


class Token(NamedTuple):
    """A term and where it stands: characters start to end of the text, word number position."""

    term: str
    start: int
    end: int
    position: int
    is_stop: bool = False
    is_whole_code: bool = False


class _Word(NamedTuple):
    term: str
    start: int
    end: int
    is_stop: bool
    is_whole_code: bool = False


def terms(text: str, language: str) -> list[Token]:
    """The tokens of a text in order of position; language is "fr" or "en" (others read as "fr").

    A code such as SCOP-2024-017 gives its whole form at the position of its first part.
    """
    tokens: list[Token] = []
    position = 0
    for offset, word in _words(text, language):
        tokens.append(
            Token(
                word.term,
                offset + word.start,
                offset + word.end,
                position,
                word.is_stop,
                word.is_whole_code,
            )
        )
        if not (word.is_stop or word.is_whole_code):
            position += 1
        if len(tokens) >= MAX_TOKENS:
            break
    return tokens


class Occurrence(NamedTuple):
    """A term where it stands: characters start to end of the text."""

    term: str
    start: int
    end: int


def occurrences(text: str, language: str, wanted: frozenset[str]) -> list[Occurrence]:
    """Where the wanted terms stand in a text: what terms() finds, without what is not wanted.

    Many times quicker, for the passages of long texts. A whole code is not told apart from
    its parts: only what takes a position counts, so nothing is marked twice.
    """
    if not wanted:
        return []
    found: list[Occurrence] = []
    known = _wanted_words(language, wanted)
    parts = stretches(text, wanted)
    for match in (one for start, end in parts for one in _TEXT.finditer(text, start, end)):
        raw = match[0]
        words = known.get(raw)
        if words is None:
            if len(known) >= _MOST_KNOWN:
                known.clear()
            words = known[raw] = tuple(w for w in _read(raw, language) if w.term in wanted)
        if words:
            offset = match.start()
            found.extend(Occurrence(w.term, offset + w.start, offset + w.end) for w in words)
    return found


_MOST_KNOWN = 20_000


@lru_cache(maxsize=32)
def _wanted_words(language: str, wanted: frozenset[str]) -> dict[str, tuple[_Word, ...]]:
    """What is wanted of each word, filled as texts are read: the ten texts of one page of results
    have most of their words in common."""
    del language, wanted
    return {}


@lru_cache(maxsize=1 << 16)
def _read(raw: str, language: str) -> tuple[_Word, ...]:
    """What takes a position in a word or a run of words."""
    return tuple(word for _, word in _words(raw, language) if not word.is_whole_code)


def join_numbers(text: str) -> str:
    """The text with its long numbers in one piece: 3 000 becomes 3000."""
    return re.sub(_NUMBER, lambda match: _digits(match[0]), text)


def _digits(number: str) -> str:
    return "".join(c for c in number if c.isdigit())


def _words(text: str, language: str) -> Iterator[tuple[int, _Word]]:
    for match in _TEXT.finditer(text):
        offset = match.start()
        number = match["number"]
        if number:
            yield offset, _Word(_digits(number), 0, len(number), False)
            continue
        for word in _chunk(match["chunk"], language):
            yield offset, word


@lru_cache(maxsize=1 << 15)
def _chunk(chunk: str, language: str) -> tuple[_Word, ...]:
    """The words of a run of letters and joining marks."""
    if _PART.fullmatch(chunk):
        return (_word(chunk, 0, language),)
    whole = _ONE_WORD.get(fold(chunk))
    if whole:
        return (_Word(whole, 0, len(chunk), False),)
    pieces = list(_PIECE.finditer(chunk))
    kept = [p for p in pieces if fold(p[0]) not in _ELIDED] or pieces
    return tuple(w for p in kept for w in _piece(p[0], p.start(), language))


def _piece(piece: str, offset: int, language: str) -> list[_Word]:
    """The words of a run without apostrophe: an inclusive form, a code or words side by side."""
    parts = list(_PART.finditer(piece))
    if not parts:
        return []
    if len(parts) > 1 and _is_inclusive(piece, [fold(p[0]) for p in parts]):
        plural = "s" if fold(parts[-1][0]) == "s" else ""
        word = _word(parts[0][0] + plural, offset + parts[0].start(), language)
        return [word._replace(end=offset + parts[-1].end())]
    words = [_word(p[0], offset + p.start(), language) for p in parts]
    if len(parts) > 1 and any(c.isdigit() for c in piece):
        code = "-".join(fold(p[0]) for p in parts)[:LONGEST_TERM]
        start, end = offset + parts[0].start(), offset + parts[-1].end()
        words.insert(0, _Word(code, start, end, False, True))
    return words


def _is_inclusive(piece: str, parts: list[str]) -> bool:
    if not parts[0].isalpha() or len(parts[0]) < 2:
        return False
    endings = _ENDINGS if _DOTS.intersection(piece) else _STRICT_ENDINGS
    return all(part in endings for part in parts[1:])


def _word(raw: str, start: int, language: str) -> _Word:
    folded = fold(raw)[:LONGEST_TERM] or raw[:LONGEST_TERM]
    is_stop = folded in STOP_WORDS
    if not is_stop and folded.isalpha():
        folded = STEMMERS.get(language, STEMMERS["fr"])(folded)
    return _Word(folded, start, start + len(raw), is_stop)


def readings(text: str) -> list[tuple[Token, frozenset[str]]]:
    """The tokens of a question, each with its stem in every language.

    Nobody says in which language a question is put; a page is found by the stem of its own.
    """
    read = [terms(text, language) for language in STEMMERS]
    return [(same[0], frozenset(t.term for t in same)) for same in zip(*read, strict=True)]
