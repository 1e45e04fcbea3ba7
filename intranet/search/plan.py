"""A question in terms of the index, the same for every backend (pure)."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise
from typing import Protocol

from intranet.search.analysis import readings
from intranet.search.port import Facet, Found, Query

LITTLE = 3
"""Fewer results than this are little: the search is widened."""
SIMILAR_WEIGHT = 0.4
MAX_SIMILAR = 8
MAX_ALTERNATIVES = 6
MAX_WORDS = 32
"""Words of a question that are looked for, and words of one phrase: more say nothing more."""


@dataclass(frozen=True, slots=True)
class Concept:
    """One thing to look for: terms that mean it, each with what finding it is worth."""

    terms: tuple[tuple[str, float], ...]

    @property
    def names(self) -> tuple[str, ...]:
        """The terms without their weights."""
        return tuple(term for term, _ in self.terms)


Phrase = tuple[Concept, ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """What to look for. Without match_all, one of the words is enough; phrases always bind.

    A word is a phrase of one concept, except a code, whose parts must stand side by side.
    welcome raises the score of what has it and requires nothing: stop words, whole codes.
    near holds neighbouring words of the question: side by side they are worth more.
    alternatives are phrases that the cooperative uses for a word, by that word.
    """

    query: Query
    words: tuple[Phrase, ...] = ()
    phrases: tuple[Phrase, ...] = ()
    excluded: tuple[Phrase, ...] = ()
    welcome: tuple[Concept, ...] = ()
    near: tuple[tuple[Concept, Concept], ...] = ()
    alternatives: tuple[tuple[Phrase, tuple[Phrase, ...]], ...] = ()
    match_all: bool = True

    @property
    def sought(self) -> frozenset[str]:
        """Every term to highlight."""
        others = tuple(phrase for _, several in self.alternatives for phrase in several)
        phrases = self.words + self.phrases + others
        return frozenset(n for phrase in phrases for concept in phrase for n in concept.names)

    def ways(self, word: Phrase) -> tuple[Phrase, ...]:
        """Everything that answers a word: itself, and what the cooperative also calls it."""
        return (word, *dict(self.alternatives).get(word, ()))


class Engine(Protocol):
    """The part of a backend that the ladder climbs on."""

    def run(
        self, plan: Plan, audiences: frozenset[str], start: int, limit: int
    ) -> tuple[int, list[Found]]:
        """The total and the documents from start on, best first."""

    def similar(self, term: str) -> Iterable[str]:
        """Terms of the index, whoever may read them, that `is_near` takes for this one."""

    def facets(self, plan: Plan, audiences: frozenset[str]) -> tuple[Facet, ...]:
        """What these audiences find, counted by its labels."""


@dataclass
class _Draft:
    words: list[Phrase] = field(default_factory=list)
    phrases: list[Phrase] = field(default_factory=list)
    stops: list[Concept] = field(default_factory=list)
    codes: list[Concept] = field(default_factory=list)


def plan_for(query: Query) -> Plan:
    """The plan that requires everything that was asked."""
    draft = _Draft()
    for word in query.words:
        _add(draft, word, is_phrase=False)
    for phrase in query.phrases:
        _add(draft, phrase, is_phrase=True)
    if not draft.words and not draft.phrases:
        draft.words, draft.stops = [(stop,) for stop in draft.stops], []
    words = tuple(dict.fromkeys(draft.words))[:MAX_WORDS]
    pairs = ((a[-1], b[0]) for a, b in pairwise(draft.words[:MAX_WORDS]))
    return Plan(
        query=query,
        words=words,
        phrases=tuple(dict.fromkeys(draft.phrases)),
        excluded=tuple(p for text in query.excluded if (p := _phrase(text))),
        welcome=tuple(dict.fromkeys(draft.stops + draft.codes))[:MAX_WORDS],
        near=tuple(dict.fromkeys(pairs)),
        alternatives=_alternatives(words, query.synonyms),
    )


def _alternatives(
    words: tuple[Phrase, ...], groups: Iterable[tuple[str, ...]]
) -> tuple[tuple[Phrase, tuple[Phrase, ...]], ...]:
    """What else may stand for words of the question. Of a name of several words each word is
    answered by the other names, so that "assemblée générale" and "AG" find the same."""
    found: dict[Phrase, list[Phrase]] = {}
    asked = [word for word in words if len(word) == 1]
    for group in groups:
        names = [phrase for name in group if (phrase := _phrase(name))]
        for name in names:
            for place in range(len(asked) - len(name) + 1):
                here = asked[place : place + len(name)]
                if all(word[0] == concept for word, concept in zip(here, name, strict=True)):
                    for word in here:
                        found.setdefault(word, []).extend(n for n in names if n != name)
    return tuple((word, tuple(several[:MAX_ALTERNATIVES])) for word, several in found.items())


def _concept(terms: Iterable[str]) -> Concept:
    return Concept(tuple((term, 1.0) for term in sorted(terms)))


def _add(draft: _Draft, text: str, *, is_phrase: bool) -> None:
    words: list[Concept] = []
    has_code = False
    for token, stems in readings(text):
        if token.is_whole_code:
            has_code = True
            draft.codes.append(_concept(stems))
        elif token.is_stop:
            draft.stops.append(_concept(stems))
        else:
            words.append(_concept(stems))
    if is_phrase and len(words) > 1:
        draft.phrases.append(tuple(words[:MAX_WORDS]))
    elif has_code:
        draft.words.append(tuple(words[:MAX_WORDS]))
    else:
        draft.words.extend((word,) for word in words)


@lru_cache(maxsize=1024)
def _phrase(text: str) -> Phrase:
    """The words to exclude together; stop words count only when there is nothing else."""
    read = [(token, stems) for token, stems in readings(text) if not token.is_whole_code]
    content = [_concept(stems) for token, stems in read if not token.is_stop]
    return tuple(content[:MAX_WORDS]) or tuple(_concept(stems) for _, stems in read[:1])
