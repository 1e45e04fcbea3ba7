"""What goes into a search, what comes out, and what every backend promises (pure)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Protocol

KINDS = (
    "page",
    "decision",
    "proposal",
    "suggestion",
    "comment",
    "minutes",
    "file",
    "person",
    "wording",
)
ON_DEMAND = frozenset({"wording"})
"""What is only found by whoever asks for this very kind: the earlier wordings of pages."""
FACETS = ("kind", "state", "body", "tag", "author", "year")
"""What results are counted by. Each is a name of the labels that documents carry."""
SCHEMA_VERSION = 4
"""Raised whenever the analysis, a backend's fields or what multiplies a score change: older indexes
are then rebuilt."""
PAGE_SIZE = 10
MAX_START = 1_000
"""Nobody reads the hundredth page of results; a link that asks for it is answered empty."""

Segments = tuple[tuple[str, bool], ...]
"""A text in pieces, each with "this was searched for"; never HTML."""


@dataclass(frozen=True, slots=True)
class Document:
    """Something that can be found.

    The key is unique among all kinds ("page:7"). The texts are plain, without markup. Only a
    search made for the audience finds it. `anchors` are the places of the headings on the page,
    one for each. `labels` are further things that filters and facets know it by, as pairs
    ("author", "Awa Diop"). rank_boost and each of the named boosts multiply the score.
    """

    key: str
    kind: str
    title: str
    body: str
    url: str
    audience: str
    language: str = "fr"
    headings: tuple[str, ...] = ()
    anchors: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    labels: tuple[tuple[str, str], ...] = ()
    source: str = ""
    state: str = ""
    dated_on: date | None = None
    rank_boost: float = 1.0
    boosts: tuple[tuple[str, float], ...] = ()


@dataclass(frozen=True, slots=True)
class Hint:
    """Something to tell the person about their question: a code for web/messages and its value.

    Codes: empty, too_long, unclosed_quote, unknown_value, bad_date (about the question);
    similar_words, some_words (about the answer). `meant` is, after a slip of the pen, the question
    that was probably meant, in words of what was found.
    """

    code: str
    value: str = ""
    meant: str = ""


@dataclass(frozen=True, slots=True)
class Query:
    """A question, taken apart. Several values of one filter mean "one of them".

    `without` are the filters that a result must not pass, by name and value.
    `hidden` are the keys of documents to leave out of everything, whatever the index says.
    `synonyms` are groups of names for one thing: whoever asks for one is answered by all.
    """

    text: str
    words: tuple[str, ...] = ()
    phrases: tuple[str, ...] = ()
    excluded: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    states: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()
    bodies: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    years: tuple[str, ...] = ()
    without: tuple[tuple[str, str], ...] = ()
    hidden: frozenset[str] = frozenset()
    synonyms: tuple[tuple[str, ...], ...] = ()
    from_on: date | None = None
    to_on: date | None = None
    hint: Hint | None = None

    @property
    def is_filtered(self) -> bool:
        """Whether a filter narrows the answer, words or not."""
        return bool(self.labels or self.without or self.from_on or self.to_on)

    @property
    def labels(self) -> dict[str, tuple[str, ...]]:
        """The filters by the name of their labels, without the empty ones."""
        every = {
            "kind": self.kinds,
            "tag": self.tags,
            "state": self.states,
            "author": self.authors,
            "body": self.bodies,
            "in": self.places,
            "year": self.years,
        }
        return {name: values for name, values in every.items() if values}


@dataclass(frozen=True, slots=True)
class Found:
    """A document as stored beside the index, with the score it got.

    `sections` are its headings with their anchors, in the order of the text."""

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
    sections: tuple[tuple[str, str], ...]
    boosts: tuple[tuple[str, float], ...]
    score: float


@dataclass(frozen=True, slots=True)
class Hit:
    """One result: enough to show it without asking the database. The address leads to the section
    that answers best, which is named when it is not the beginning. `is_spent` says of a decision
    that applies that it wrote into the rules and nothing of that is in force any more."""

    key: str
    kind: str
    title: Segments
    snippet: Segments
    url: str
    source: str
    state: str
    dated_on: date | None
    tags: tuple[str, ...]
    score: float
    section: Segments = ()
    found: Found | None = None
    is_spent: bool = False


@dataclass(frozen=True, slots=True)
class Facet:
    """How many results carry one label; `words` is the label as its documents write it."""

    name: str
    value: str
    words: str
    count: int


@dataclass(frozen=True, slots=True)
class Hits:
    """One page of results. The total and the facets count what this audience may see and nothing
    else."""

    total: int
    hits: tuple[Hit, ...]
    hint: Hint | None = None
    facets: tuple[Facet, ...] = ()


@dataclass(frozen=True, slots=True)
class Stamp:
    """How far an index has come: its schema's version and the last event it contains."""

    schema: int
    event: int


class IndexUnusable(Exception):
    """The index is missing, unreadable or of another version: rebuild it with replace_all."""


class IndexBusy(Exception):
    """Another process kept the index's write lock too long; try again later."""


class SearchBackend(Protocol):
    """Where documents go to be found. Always rebuildable, never the source of truth.

    Every method but replace_all raises IndexUnusable when there is no index to work on, and
    every method that writes raises IndexBusy when it cannot have the write lock.
    """

    def upsert(self, documents: Iterable[Document]) -> None:
        """Make these documents findable, in place of those with the same keys."""

    def delete(self, keys: Iterable[str]) -> None:
        """Forget these documents; unknown keys are ignored."""

    def find(
        self,
        query: Query,
        audiences: frozenset[str],
        start: int = 0,
        limit: int = PAGE_SIZE,
        *,
        facets: bool = False,
    ) -> Hits:
        """Only documents of these audiences. A malformed query is answered with a hint.

        Counting by facets is left out unless asked for."""

    def replace_all(self, documents: Iterable[Document]) -> None:
        """Build beside, then swap; readers never see a half-built index.

        The new index has no stamp until set_stamp is called."""

    def count(self) -> int:
        """The number of documents, whatever their audience."""

    def stamp(self) -> Stamp | None:
        """How far the index has come; None when it was never said."""

    def set_stamp(self, event: int) -> None:
        """Say that everything up to this event is in the index."""

    def optimise(self) -> None:
        """The nightly tidying, which makes searches and updates quick again."""
