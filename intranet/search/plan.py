"""A question in terms of the index, the same for every backend, and the ladder that answers it
(pure).

A backend only has to run a Plan and to name words that resemble one. First everything that was
asked is required; where that finds little, one letter may differ; where that finds little too,
one of the words is enough. What matches more comes first, always.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Protocol

from intranet.search.analysis import readings
from intranet.search.port import MAX_START, Hint, Hits, Query
from intranet.search.results import Found, hit

LITTLE = 3
"""Fewer results than this are little: the search is widened."""
SHORTEST_FUZZY = 4
SIMILAR_WEIGHT = 0.4
MAX_SIMILAR = 8


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
    """

    query: Query
    words: tuple[Phrase, ...] = ()
    phrases: tuple[Phrase, ...] = ()
    excluded: tuple[Phrase, ...] = ()
    welcome: tuple[Concept, ...] = ()
    near: tuple[tuple[Concept, Concept], ...] = ()
    match_all: bool = True

    @property
    def sought(self) -> frozenset[str]:
        """Every term to highlight."""
        phrases = self.words + self.phrases
        return frozenset(n for phrase in phrases for concept in phrase for n in concept.names)


class Engine(Protocol):
    """The part of a backend that the ladder climbs on."""

    def run(
        self, plan: Plan, audiences: frozenset[str], start: int, limit: int
    ) -> tuple[int, list[Found]]:
        """The total and the documents from start on, best first."""

    def similar(self, term: str) -> Iterable[str]:
        """Terms of the index that one letter separates from this one; none when the index knows
        the term itself, which then is no slip of the pen."""


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
    return Plan(
        query=query,
        words=tuple(dict.fromkeys(draft.words)),
        phrases=tuple(draft.phrases),
        excluded=tuple(p for text in query.excluded if (p := _phrase(text))),
        welcome=tuple(dict.fromkeys(draft.stops + draft.codes)),
        near=tuple((a[-1], b[0]) for a, b in zip(draft.words, draft.words[1:], strict=False)),
    )


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
        draft.phrases.append(tuple(words))
    elif has_code:
        draft.words.append(tuple(words))
    else:
        draft.words.extend((word,) for word in words)


def _phrase(text: str) -> Phrase:
    """The words to exclude together; stop words count only when there is nothing else."""
    read = [(token, stems) for token, stems in readings(text) if not token.is_whole_code]
    content = [_concept(stems) for token, stems in read if not token.is_stop]
    return tuple(content) or tuple(_concept(stems) for _, stems in read[:1])


def _widened(plan: Plan, engine: Engine) -> Plan:
    words = (tuple(_with_similar(c, engine) for c in word) for word in plan.words)
    return replace(plan, words=tuple(words))


def _with_similar(concept: Concept, engine: Engine) -> Concept:
    known = dict(concept.terms)
    for name in concept.names:
        if len(name) < SHORTEST_FUZZY or not name.isalpha():
            continue
        for term in sorted(engine.similar(name))[:MAX_SIMILAR]:
            known.setdefault(term, SIMILAR_WEIGHT)
    return Concept(tuple(known.items()))


def climb(engine: Engine, query: Query, audiences: frozenset[str], start: int, limit: int) -> Hits:
    """Answer a question: a page of hits from the narrowest reading that finds enough."""
    plan = plan_for(query)
    nothing_asked = not (plan.words or plan.phrases or plan.excluded or query.is_filtered)
    if nothing_asked or not audiences or not 0 <= start <= MAX_START:
        return Hits(0, (), query.hint or Hint("empty"))
    total, found = engine.run(plan, audiences, start, limit)
    if total >= LITTLE or not plan.words:
        return Hits(total, tuple(hit(row, plan.sought) for row in found), query.hint)
    if start:
        found = engine.run(plan, audiences, 0, LITTLE)[1]
    return _wide(engine, plan, found, audiences, start, limit)


def _wide(
    engine: Engine,
    plan: Plan,
    exact: list[Found],
    audiences: frozenset[str],
    start: int,
    limit: int,
) -> Hits:
    """Exact results first, then those that resemble, then those that have some of the words."""
    total, first = len(exact), {row.key: row for row in exact}
    similar = _widened(plan, engine)
    steps = [(similar, Hint("similar_words"))] if similar != plan else []
    if len(plan.words) > 1:
        steps.append((replace(similar, match_all=False), Hint("some_words")))
    hint = plan.query.hint
    for step, step_hint in steps:
        found_total, rows = engine.run(step, audiences, 0, start + limit + len(first))
        if found_total > total:
            total, hint = found_total, hint or step_hint
        first |= {row.key: row for row in rows if row.key not in first}
        if total >= LITTLE:
            break
    page = list(first.values())[start : start + limit]
    return Hits(total, tuple(hit(row, similar.sought) for row in page), hint)
