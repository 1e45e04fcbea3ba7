"""Light stemmers for folded words, in French and in English (pure).

The ready-made Snowball stemmers expect accents: on folded words they separate *associé* from
*associée*, *élu* from *élus*, *vélo* from *vélos*. These remove what makes two forms of one word
differ (plural, feminine, participle, infinitive, adverb and noun of action) and nothing else, so
that *association* stays apart from *associé* and *salaire* from *salarié*.
"""

from collections.abc import Callable, Mapping

_SHORTEST = 3
"""A stem keeps at least this many letters."""

# Words whose ending is not the ending it looks like.
_FRENCH_EXCEPTIONS = {"departement": "departement", "departements": "departement"}

# Ending, what replaces it, letters that must remain before it. The first that fits is applied.
_FRENCH_ENDINGS = (
    ("atrice", "at", 3),
    ("ateur", "at", 3),
    ("ation", "at", 3),
    ("issement", "i", 3),
    ("ement", "", 5),
    ("trice", "t", 3),
    ("teur", "t", 3),
    ("euse", "eu", 3),
    ("ive", "if", 2),
    ("iere", "i", 2),
    ("ier", "i", 2),
    ("ere", "", 3),
    ("er", "", 3),
    ("ail", "al", 3),
)
_ENGLISH_ENDINGS = (
    ("ization", "ize", 3),
    ("isation", "ize", 3),
    ("ational", "ate", 3),
    ("ation", "ate", 3),
    ("ising", "ize", 3),
    ("ised", "ize", 3),
    ("ise", "ize", 3),
    ("ing", "", 3),
    ("ied", "y", 2),
    ("ed", "", 3),
    ("ly", "", 4),
)


def _replace_ending(word: str, endings: tuple[tuple[str, str, int], ...]) -> str:
    for ending, replacement, kept in endings:
        if word.endswith(ending) and len(word) - len(ending) >= kept:
            return word[: -len(ending)] + replacement
    return word


def _single_consonant(word: str) -> str:
    if len(word) > _SHORTEST and word[-1] == word[-2] and word[-1] not in "aeiouy":
        return word[:-1]
    return word


def french(word: str) -> str:
    """The stem of a folded French word: associe, associee, associes, associees give "associ"."""
    if len(word) <= _SHORTEST:
        return word
    if word in _FRENCH_EXCEPTIONS:
        return _FRENCH_EXCEPTIONS[word]
    if word.endswith("aux") and not word.endswith("eaux") and len(word) > 5:
        word = word[:-2] + "l"
    elif word[-1] in "sx":
        word = word[:-1]
    word = _replace_ending(word, _FRENCH_ENDINGS)
    while len(word) > _SHORTEST and word[-1] == "e":
        word = word[:-1]
    return _single_consonant(word)


def english(word: str) -> str:
    """The stem of a folded English word: agree, agreed, agrees; policy, policies; vote, voting."""
    if len(word) <= _SHORTEST:
        return word
    if word.endswith("ies") and len(word) > 4:
        word = word[:-3] + "y"
    elif word.endswith(("sses", "shes", "ches", "xes")):
        word = word[:-2]
    elif word[-1] == "s" and word[-2] not in "su":
        word = word[:-1]
    word = _single_consonant(_replace_ending(word, _ENGLISH_ENDINGS))
    while len(word) > _SHORTEST and word[-1] == "e":
        word = word[:-1]
    return word


STEMMERS: Mapping[str, Callable[[str], str]] = {"fr": french, "en": english}
