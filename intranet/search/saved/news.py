"""The newest of what a question finds, for its feed."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from intranet.core.transaction import Reader
from intranet.members import queries as members
from intranet.search import questions
from intranet.search.port import Hit, Hits, IndexUnusable
from intranet.search.questions import Question

WINDOWS = (7, 31, 366)
"""Days to look back, one after the other, until there is enough."""


def newest(looking: Reader, question: Question, limit: int) -> list[Hit]:
    """The newest results, at most `limit`; none while there is no index.

    An index gives the best results first, and what is new may be far behind them. So where there
    are more than `limit`, those of the last days are asked for on their own."""
    try:
        best = questions.answer(looking, question, 0, limit, facets=False)
        found = {hit.key: hit for hit in _recent(looking, question, best, limit)}
    except IndexUnusable:
        return []
    found |= {hit.key: hit for hit in best.hits}
    by_day = sorted(found.values(), key=lambda hit: str(hit.dated_on or ""), reverse=True)
    return by_day[:limit]


def _recent(looking: Reader, question: Question, best: Hits, limit: int) -> list[Hit]:
    today, query = members.today(looking), question.query
    found: list[Hit] = []
    for days in WINDOWS if best.total > limit else ():
        since = today - timedelta(days)
        narrowed = replace(query, from_on=max(since, query.from_on or since), hint=None)
        recent = questions.answer(
            looking, replace(question, query=narrowed), 0, limit, facets=False
        )
        # A few days may hold nothing exact: what only resembles is no news, and has a hint.
        found += recent.hits if recent.hint is None else ()
        if recent.total >= limit:
            break
    return found
