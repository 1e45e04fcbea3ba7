"""An opened Whoosh index, as the ladder wants it: candidates by its own quick measure, the first of
them put in the order that every backend gives."""

import json
from collections.abc import Iterable
from typing import Any

from whoosh.sorting import FieldFacet

from intranet.search.backends._terms import columns_of, places
from intranet.search.backends._whoosh_query import WEIGHTS, query_for
from intranet.search.backends._whoosh_schema import found_of
from intranet.search.edits import is_near
from intranet.search.plan import Phrase, Plan
from intranet.search.port import Facet, Found
from intranet.search.results import counted
from intranet.search.scoring import SCORED_WELL, Corpus, Window, parts_of, rarity, score, sought_by

Ranked = list[tuple[float, dict[str, Any]]]
"""What is stored of documents, each with what it is worth, the best first."""


class WhooshEngine:
    """See Engine. One searcher, in the hands of one thread at a time."""

    def __init__(self, searcher: Any) -> None:
        self._searcher = searcher

    def run(
        self, plan: Plan, audiences: frozenset[str], start: int, limit: int
    ) -> tuple[int, list[Found]]:
        """See Engine."""
        wanted = query_for(plan, audiences)
        window = Window.of(plan, start, max(limit, 1))
        # Without words there is no best first, so the latest comes first.
        order = None if plan.words or plan.phrases else FieldFacet("date", reverse=True)
        results = self._searcher.search(
            wanted, limit=window.start + window.limit, sortedby=order, scored=order is None
        )
        rows = [results[i] for i in range(window.start, results.scored_length())]
        ranked = [(float(row.score or 0.0), row.fields()) for row in rows]
        if window.scored_well and len(ranked) > 1:
            ranked = self._in_order(plan, ranked)
        page = ranked[window.skipped :][:limit]
        return len(results), [found_of(stored, worth) for worth, stored in page]

    def _in_order(self, plan: Plan, ranked: Ranked) -> Ranked:
        """The first ones by a good measure, the others after them as they came."""
        corpus, wanted = self._corpus(plan), sought_by(plan)
        scored = []
        for _, stored in ranked[:SCORED_WELL]:
            standing = places(columns_of(stored["terms"]), wanted)
            worth = score(plan, corpus, standing, stored["lengths"])
            scored.append((float(stored.get("factor", 1.0)) * worth, stored))
        scored.sort(key=lambda pair: -pair[0])
        return scored + [(0.0, stored) for _, stored in ranked[SCORED_WELL:]]

    def _corpus(self, plan: Plan) -> Corpus:
        reader, count = self._searcher.reader(), self._searcher.doc_count()

        def holding(phrase: Phrase, field: str) -> int:
            # No more than the rarest of the words that stand side by side.
            each = (sum(reader.doc_frequency(field, n) for n in one.names) for one in phrase)
            return min(count, *each)

        rarities = {
            part: (
                rarity(count, holding(part, "title")),
                rarity(count, max(holding(part, field) for field in WEIGHTS)),
            )
            for part in parts_of(plan)
        }
        lengths = [self._searcher.avg_field_length(field, 1.0) for field in WEIGHTS]
        return Corpus(lengths, rarities)

    def facets(self, plan: Plan, audiences: frozenset[str]) -> tuple[Facet, ...]:
        """See Engine."""
        column = self._searcher.reader().column_reader("labels")
        numbers = self._searcher.docs_for_query(query_for(plan, audiences))
        return counted(json.loads(column[number]) for number in numbers)

    def similar(self, term: str) -> Iterable[str]:
        """See Engine."""
        reader = self._searcher.reader()
        near: set[str] = set()
        for field in ("title", "body"):
            # The first letter is rarely wrong, and it spares reading the whole vocabulary.
            words = (raw.decode("utf-8") for raw in reader.expand_prefix(field, term[0]))
            near.update(word for word in words if is_near(term, word))
        return near
