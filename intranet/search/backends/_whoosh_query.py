"""A Plan as a Whoosh query, and the quick measure of what it finds."""

from collections.abc import Iterable
from typing import Any

from whoosh import query
from whoosh.scoring import BM25F

from intranet.search.fields import Conditions, conditions
from intranet.search.plan import Concept, Phrase, Plan

WEIGHTS = {"title": 5.0, "headings": 2.0, "tags": 2.0, "body": 1.0}
"""What a word is worth in each field that is searched."""


class _AnyOf(query.Or):  # type: ignore[misc]
    """Whoosh's Or, without the arrays it would fill for each of the many small ones here."""

    matcher_type = query.Or.DEFAULT_MATCHER


class Ranking(BM25F):  # type: ignore[misc]  # Whoosh has no types.
    """BM25 over the fields, then the factor of each document (its state, its boost)."""

    use_final = True

    def __init__(self) -> None:
        super().__init__(B=0.6, K1=1.2, title_B=0.4, headings_B=0.4, tags_B=0.3)
        self.factors: dict[int, float] = {}

    def read_factors(self, reader: Any) -> None:
        """Learn the factors of an opened index; only documents with one other than 1 have it."""
        for value in reader.lexicon("factor"):
            matcher = reader.postings("factor", value)
            for number in matcher.all_ids():
                self.factors[number] = float(value)

    def final(self, _searcher: Any, docnum: int, score: float) -> float:
        """Whoosh asks this of each document found."""
        return score * self.factors.get(docnum, 1.0)


def query_for(plan: Plan, audiences: frozenset[str]) -> Any:
    """The documents of the plan that these audiences may see, scored by its words alone."""
    wanted = conditions(plan.query, audiences)
    found = query.Require(_scored(plan), query.And(_required(wanted)))
    refused = [query.Term("label", label) for label in sorted(wanted.refused)]
    refused += [query.Term("key", key) for key in sorted(wanted.hidden)]
    return query.AndNot(found, _AnyOf(refused)) if refused else found


def _scored(plan: Plan) -> Any:
    words = [_word(plan, word) for word in plan.words]
    parts = [_phrase(phrase) for phrase in plan.phrases]
    if words:
        parts.append(query.And(words) if plan.match_all else _AnyOf(words))
    main = query.And(parts) if parts else query.Every()
    if plan.excluded:
        main = query.AndNot(main, _AnyOf([_phrase(phrase) for phrase in plan.excluded]))
    return main


def _word(plan: Plan, word: Phrase) -> Any:
    ways = [_phrase(way) for way in plan.ways(word)]
    return query.DisjunctionMax(ways) if len(ways) > 1 else ways[0]


def _concept(concept: Concept) -> Any:
    return _AnyOf([_concept_in(name, concept, weight) for name, weight in WEIGHTS.items()])


def _concept_in(field: str, concept: Concept, weight: float) -> Any:
    return _AnyOf([query.Term(field, term, boost=weight * w) for term, w in concept.terms])


def _phrase(phrase: Phrase) -> Any:
    if len(phrase) == 1:
        return _concept(phrase[0])
    return _AnyOf([_sequence(name, phrase, weight) for name, weight in WEIGHTS.items()])


def _sequence(field: str, phrase: Iterable[Concept], weight: float) -> Any:
    words = [_concept_in(field, concept, 1.0) for concept in phrase]
    return query.Sequence(words, slop=1, ordered=True, boost=weight)


def _required(wanted: Conditions) -> list[Any]:
    parts = [
        _AnyOf([query.Term("label", label) for label in sorted(labels)])
        for labels in wanted.required
    ]
    if wanted.first or wanted.last:
        first = wanted.first.isoformat() if wanted.first else "0001-01-01"
        last = wanted.last.isoformat() if wanted.last else "9999-12-31"
        parts.append(query.TermRange("date", first, last))
    return parts
