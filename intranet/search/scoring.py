"""The score of one document, from where the words of a question stand in it (pure).

BM25 over each field, as Robertson and Zaragoza describe it ("The Probabilistic Relevance
Framework", 2009), for a backend whose engine has no such ranking of its own.
"""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from intranet.search.plan import Concept, Phrase, Plan

SCORED_WELL = 40
"""So many of the first documents by the quick measure of an engine get their order from here."""
K1 = 1.2
NEAR_DISTANCE = 3
NEAR_WEIGHT = 1.0
WELCOME_WEIGHT = 0.3


class Field(NamedTuple):
    """What a word is worth in a field, and how much a long one weakens it."""

    weight: float
    b: float


FIELDS = (Field(5.0, 0.4), Field(2.0, 0.4), Field(2.0, 0.3), Field(1.0, 0.6))
"""Title, headings, tags, body."""

Places = Mapping[str, Sequence[tuple[int, int]]]
"""Where the terms of a question stand in a document: field and position, in order."""


@dataclass(frozen=True)
class Corpus:
    """What the score of each document depends on: the usual lengths of the fields, and how rare
    each part of the question is, in titles and anywhere."""

    lengths: Sequence[float]
    rarities: Mapping[Phrase, tuple[float, float]]


class Window(NamedTuple):
    """Which rows to ask an engine for, to give those of one page in the better order: the first
    `skipped` are not on the page. Pages follow each other, because the first ones are always put
    in order together."""

    start: int
    limit: int
    skipped: int
    scored_well: bool

    @classmethod
    def of(cls, plan: Plan, start: int, limit: int) -> "Window":
        """The window of a page; without words there is no better order."""
        if start >= SCORED_WELL or not (plan.words or plan.phrases):
            return cls(start, limit, 0, scored_well=False)
        return cls(0, max(start + limit, SCORED_WELL), start, scored_well=True)


def sought_by(plan: Plan) -> frozenset[str]:
    """Every term whose places the score asks for."""
    phrases: tuple[Phrase, ...] = (*parts_of(plan), *plan.near)
    return frozenset(name for phrase in phrases for concept in phrase for name in concept.names)


def rarity(documents: int, holding: int) -> float:
    """What finding something is worth: the rarer, the more; never nothing."""
    return math.log(max(documents, holding) / (holding + 1)) + 1


def parts_of(plan: Plan) -> tuple[Phrase, ...]:
    """Everything of a plan whose rarity counts."""
    ways = (way for word in plan.words for way in plan.ways(word))
    welcome = ((concept,) for concept in plan.welcome)
    return tuple(dict.fromkeys((*ways, *plan.phrases, *welcome)))


def score(plan: Plan, corpus: Corpus, places: Places, lengths: Sequence[int]) -> float:
    """What a document of these lengths is worth, its own factor left out."""

    def worth(phrase: Phrase, rare: tuple[float, float], distance: int = 1) -> float:
        counts = _counts(phrase, places, distance)
        title, text = rare
        each = _saturated(counts, lengths, corpus.lengths)
        return title * each[0] + text * sum(each[1:])

    def way(phrase: Phrase) -> float:
        return worth(phrase, corpus.rarities[phrase])

    found = sum(max(way(other) for other in plan.ways(word)) for word in plan.words)
    found += sum(way(phrase) for phrase in plan.phrases)
    for concept in plan.welcome:
        # A stop word is rare in titles and still says nothing.
        anywhere = corpus.rarities[(concept,)][1]
        found += WELCOME_WEIGHT * worth((concept,), (anywhere, anywhere))
    for pair in plan.near:
        both = [corpus.rarities.get((concept,), (1.0, 1.0)) for concept in pair]
        rare = (both[0][0] + both[1][0], both[0][1] + both[1][1])
        found += NEAR_WEIGHT * worth(pair, rare, NEAR_DISTANCE)
    return found


def _saturated(
    counts: Sequence[float], lengths: Sequence[int], usual: Sequence[float]
) -> list[float]:
    """What the counts of each field are worth: the tenth finding adds little to the ninth."""
    worth = []
    for field, count, length, average in zip(FIELDS, counts, lengths, usual, strict=True):
        longer = 1 - field.b + field.b * length / max(average, 1.0)
        worth.append(field.weight * count * (K1 + 1) / (count + K1 * longer) if count else 0.0)
    return worth


def _counts(phrase: Phrase, places: Places, distance: int) -> list[float]:
    """How often a phrase stands in each field; a term that only resembles counts for less."""
    counts = [0.0] * len(FIELDS)
    heads = _standing(phrase[0], places)
    if len(phrase) == 1:
        for (field, _position), weight in heads.items():
            counts[field] += weight
        return counts
    rest = [_standing(concept, places) for concept in phrase[1:]]
    for (field, position), weight in heads.items():
        if _goes_on(rest, field, position, distance):
            counts[field] += weight
    return counts


def _standing(concept: Concept, places: Places) -> dict[tuple[int, int], float]:
    return {place: weight for term, weight in concept.terms for place in places.get(term, ())}


def _goes_on(
    rest: Iterable[Mapping[tuple[int, int], float]], field: int, position: int, distance: int
) -> bool:
    for standing in rest:
        steps = (p for p in range(position + 1, position + 1 + distance) if (field, p) in standing)
        following = next(steps, None)
        if following is None:
            return False
        position = following
    return True
