"""One way to write a word, whatever keyboard, phone or word processor it came from (pure)."""

import unicodedata

_LETTERS = str.maketrans(
    {
        "œ": "oe",
        "æ": "ae",
        "ß": "ss",
        "ø": "o",
        "ł": "l",
        "đ": "d",
        "º": None,
        "ª": None,
        # Invisible characters that word processors leave inside words.
        "\u00ad": None,
        "\u200b": None,
        "\u200c": None,
        "\u200d": None,
        "\u2060": None,
        "\ufeff": None,
    }
)


def fold(text: str) -> str:
    """Lower case, without accents, ligatures or invisible characters: « Œuvre » gives "oeuvre"."""
    lowered = text.lower().translate(_LETTERS)
    if lowered.isascii():
        return lowered
    decomposed = unicodedata.normalize("NFKD", lowered)
    return "".join(c for c in decomposed if not unicodedata.combining(c)).translate(_LETTERS)


def printable(text: str) -> str:
    """The text without what no database accepts: NUL and lone surrogates become a space."""
    return "".join(" " if c == "\0" or "\ud800" <= c <= "\udfff" else c for c in text)
