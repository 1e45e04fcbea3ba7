"""Text as people compare it: slugs, folded words, clean single lines, digests. Pure."""

import hashlib
import re
import unicodedata
from collections.abc import Collection

_APOSTROPHES = "\u2018\u2019\u201b\u02bc\u00b4\u0060\u2032\uff07"
_DASHES = "\u2010\u2011\u2012\u2013\u2014\u2015\u2212"
_SPACES = "\u00a0\u202f\u2007\u2009\u200a\u3000"
_DROPPED = "\u00ad\u200b\u2060\ufeff"
_LETTERS = {"œ": "oe", "æ": "ae", "ø": "o", "đ": "d", "ł": "l", "ı": "i", "ð": "d", "þ": "th"}

_PLAIN: dict[int, str | None] = {
    **{ord(c): "'" for c in _APOSTROPHES},
    **{ord(c): "-" for c in _DASHES},
    **{ord(c): " " for c in _SPACES},
    **dict.fromkeys(map(ord, _DROPPED)),
}
_SINGLE_LETTERS = {ord(letter): plain for letter, plain in _LETTERS.items()}

_NOT_SLUG = re.compile(r"[^a-z0-9]+")
_LINE_SPACES = re.compile(r"[\t\n\x0b\x0c\r \x85\u2028\u2029]+")
# Characters that take part in no visible glyph, or that reorder the text around them.
_HIDDEN_IN_LINE = re.compile(
    "[\x00-\x1f\x7f-\x9f\u00ad\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff"
    "\ufff9-\ufffb\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]"
)
_BLANK_GLYPHS = frozenset("\u115f\u1160\u2800\u3164\uffa0")

SLUG_LIMIT = 80


class UnusableLine(ValueError):
    """A line of text nobody could read or that does not fit: `reason` is "invisible" or
    "too_long"; `length` is the number of characters it has once cleaned."""

    def __init__(self, reason: str, length: int) -> None:
        super().__init__(f"{reason} ({length})")
        self.reason = reason
        self.length = length


def fold(text: str) -> str:
    """The text as a reader compares it: no accents, no case, ligatures undone, one kind of
    apostrophe, dash and space. Idempotent; two spellings of one title fold to one string."""
    plain = unicodedata.normalize("NFKD", text.translate(_PLAIN)).casefold()
    plain = unicodedata.normalize("NFKD", plain.translate(_SINGLE_LETTERS))
    bare = "".join(c for c in plain if not unicodedata.combining(c))
    return bare.translate(_PLAIN).translate(_SINGLE_LETTERS)


def slugify(text: str, *, fallback: str = "page", reserved: Collection[str] = ()) -> str:
    """A readable address part of ASCII letters, digits and single hyphens, at most 80 long.

    The same title in NFC or NFD, in any case and with any apostrophe gives the same slug. A
    title without any Latin letter or digit gives `fallback`; a reserved slug gets `fallback`
    in front. Telling two equal slugs apart is the caller's work."""
    slug = _NOT_SLUG.sub("-", fold(text)).strip("-")
    if len(slug) > SLUG_LIMIT:
        head, _, _ = slug[: SLUG_LIMIT + 1].rpartition("-")
        slug = head or slug[:SLUG_LIMIT]
    if not slug:
        return fallback
    return f"{fallback}-{slug}" if slug in reserved else slug


def clean_line(text: str, limit: int) -> str:
    """One line as it may be stored: NFC, line breaks and runs of spaces made one space, control
    characters, surrogates and direction overrides removed. No-break spaces are kept, French
    needs them. Raises UnusableLine when nothing visible is left or it exceeds `limit`."""
    line = _HIDDEN_IN_LINE.sub("", _LINE_SPACES.sub(" ", text))
    line = unicodedata.normalize("NFC", line).strip()
    if not is_visible(line):
        raise UnusableLine("invisible", len(line))
    if len(line) > limit:
        raise UnusableLine("too_long", len(line))
    return line


def is_visible(text: str) -> bool:
    """Whether at least one character leaves ink: a letter, digit, mark of punctuation or symbol."""
    return any(c not in _BLANK_GLYPHS and unicodedata.category(c)[0] in "LNPS" for c in text)


def whole_number(typed: str, digits: int = 9) -> int | None:
    """The whole number that somebody typed, with at most this many digits, or None.

    Longer ones number nothing of ours, and Python refuses to read thousands of digits."""
    plain = typed.strip()
    return int(plain) if plain.isdecimal() and len(plain) <= digits else None


def sha256_digest(text: str) -> str:
    """The SHA-256 of the text in UTF-8, as 64 hexadecimal digits. Byte for byte: no
    normalisation. Raises UnicodeEncodeError on lone surrogates."""
    return hashlib.sha256(text.encode()).hexdigest()
