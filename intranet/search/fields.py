"""A document as the fields that are indexed: the same terms for every backend (pure)."""

from dataclasses import dataclass
from datetime import date
from math import prod

from intranet.core.text import fold
from intranet.search.analysis import Token, terms
from intranet.search.port import ON_DEMAND, Document, Query
from intranet.search.storable import storable

_GAP = 8
"""Positions between two headings, so that no phrase runs from one into the next."""


@dataclass(frozen=True, slots=True)
class Analysed:
    """The tokens of each field, positions from 0 in each."""

    title: list[Token]
    headings: list[Token]
    tags: list[Token]
    body: list[Token]

    def each(self) -> tuple[tuple[str, list[Token]], ...]:
        """The fields by name, the weightiest first."""
        return (
            ("title", self.title),
            ("headings", self.headings),
            ("tags", self.tags),
            ("body", self.body),
        )


def analysed(document: Document) -> Analysed:
    """The terms of a document, by the rules of its language."""
    language = document.language
    return Analysed(
        title=terms(document.title, language),
        headings=_listed(document.headings, language),
        tags=_listed(document.tags, language),
        body=terms(document.body, language),
    )


def _listed(texts: tuple[str, ...], language: str) -> list[Token]:
    tokens: list[Token] = []
    start = 0
    for text in texts:
        tokens.extend(t._replace(position=t.position + start) for t in terms(text, language))
        start = (tokens[-1].position if tokens else 0) + _GAP
    return tokens


def label(name: str, value: str) -> str:
    """A label as every index keeps it: `tag:mobilite`, folded, in one line, without commas."""
    words = fold(storable(value)).replace(",", " ").replace("\n", " ")
    return f"{name}:{' '.join(words.split())}"


def labels_of(document: Document) -> dict[str, str]:
    """Everything a filter can find the document by, each with how the document writes it."""
    year = (("year", str(document.dated_on.year)),) if document.dated_on else ()
    state = (("state", document.state),) if document.state else ()
    pairs = (
        ("audience", document.audience),
        ("kind", document.kind),
        *state,
        *year,
        *(("tag", tag) for tag in document.tags),
        *document.labels,
    )
    return {label(name, words): storable(words) for name, words in pairs if words.strip()}


@dataclass(frozen=True)
class Conditions:
    """What a document must be, whatever its words: a label of each of `required`, none of
    `refused`, a key that is not hidden, a day between the two."""

    required: tuple[frozenset[str], ...]
    refused: frozenset[str]
    hidden: frozenset[str]
    first: date | None
    last: date | None


def conditions(query: Query, audiences: frozenset[str]) -> Conditions:
    """The filters of a question put by these audiences."""
    asked = {"audience": tuple(sorted(audiences)), **query.labels}
    unasked = {("kind", kind) for kind in ON_DEMAND.difference(query.kinds)}
    return Conditions(
        required=tuple(
            frozenset(label(name, value) for value in values) for name, values in asked.items()
        ),
        refused=frozenset(label(name, value) for name, value in unasked.union(query.without)),
        hidden=query.hidden,
        first=query.from_on,
        last=query.to_on,
    )


STATE_FACTORS = {
    "superseded": 0.7,
    "repealed": 0.65,
    "expired": 0.7,
    "rejected": 0.8,
    "lapsed": 0.8,
    "withdrawn": 0.8,
    "annulled": 0.8,
}


def boosts_of(document: Document) -> tuple[tuple[str, float], ...]:
    """What the score of a document is multiplied by, each with the name of its reason; what is no
    longer in force comes a little later."""
    own = (("boost", document.rank_boost),) if document.rank_boost != 1.0 else ()
    ended = STATE_FACTORS.get(document.state)
    return (*own, *document.boosts, *(((document.state, ended),) if ended else ()))


def factor(document: Document) -> float:
    """All of these together."""
    return round(prod(value for _, value in boosts_of(document)), 4)
