"""From what a backend kept of a document to what a reader is shown (pure)."""

from dataclasses import dataclass
from datetime import date

from intranet.search.port import Hit
from intranet.search.snippets import marked, snippet


@dataclass(frozen=True, slots=True)
class Found:
    """A document as stored beside the index, with the score it got."""

    key: str
    kind: str
    title: str
    body: str
    language: str
    url: str
    source: str
    state: str
    dated_on: date | None
    tags: tuple[str, ...]
    score: float


def hit(found: Found, sought: frozenset[str]) -> Hit:
    """The result as shown: title and best passage, with what was searched for marked."""
    return Hit(
        key=found.key,
        kind=found.kind,
        title=marked(found.title, found.language, sought),
        snippet=snippet(found.body, found.language, sought),
        url=found.url,
        source=found.source,
        state=found.state,
        dated_on=found.dated_on,
        tags=found.tags,
        score=found.score,
    )
