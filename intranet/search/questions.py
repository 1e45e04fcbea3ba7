"""A question as somebody asks it at this moment, and its answer by the rights of this moment."""

from __future__ import annotations

from dataclasses import dataclass, replace

from intranet.core.transaction import Reader
from intranet.search import indexer
from intranet.search.index import backend_of
from intranet.search.named import whole_names
from intranet.search.parsing import parse_query
from intranet.search.port import PAGE_SIZE, Hits, Query
from intranet.search.sources.every import still_visible
from intranet.search.sources.pages import out_of_force
from intranet.search.sources.register import spent_today, states_today
from intranet.search.synonyms.queries import groups
from intranet.wiki.visibility import audiences


@dataclass(frozen=True)
class Question:
    """What is asked of the index. `may_count` is False while so much waits to be indexed that a
    number could tell of what may no longer be read."""

    query: Query
    audiences: frozenset[str]
    may_count: bool = True


def asked(reader: Reader, typed: str) -> Question:
    """The question somebody typed: with what the cooperative calls things, and without what the
    index still shows although this person may not see it any more."""
    waiting = indexer.pending(reader)
    closed = (waiting or set()) - still_visible(reader, waiting or set())
    query = whole_names(reader, parse_query(typed))
    query = replace(query, hidden=frozenset(closed), synonyms=groups(reader))
    return Question(query, frozenset(audiences(reader)), waiting is not None)


def answer(
    reader: Reader, question: Question, start: int = 0, limit: int = PAGE_SIZE, *, facets: bool
) -> Hits:
    """One page of results, only what may be seen now. Raises IndexUnusable."""
    facets = facets and question.may_count
    backend = backend_of(reader.session)
    hits = backend.find(question.query, question.audiences, start, limit, facets=facets)
    allowed = still_visible(reader, [hit.key for hit in hits.hits])
    decisions = states_today(reader, allowed)
    standing, gone = {**out_of_force(reader, allowed), **decisions}, spent_today(reader, decisions)
    kept = tuple(
        replace(hit, state=standing.get(hit.key, hit.state), is_spent=hit.key in gone)
        for hit in hits.hits
        if hit.key in allowed
    )
    if len(kept) == len(hits.hits) and question.may_count:
        return replace(hits, hits=kept)
    # What may no longer be seen leaves no trace in the numbers either.
    return Hits(start + len(kept), kept, None if not kept else hits.hint)
