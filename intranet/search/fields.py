"""A document as the fields that are indexed: the same terms for every backend (pure)."""

from dataclasses import dataclass

from intranet.core.text import fold
from intranet.search.analysis import Token, terms
from intranet.search.port import Document
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


def tag_names(document: Document) -> tuple[str, ...]:
    """The tags as tag: compares them, folded."""
    return tuple(dict.fromkeys(fold(storable(tag)).strip() for tag in document.tags))


_STATE_FACTORS = {
    "superseded": 0.7,
    "repealed": 0.65,
    "expired": 0.7,
    "rejected": 0.8,
    "lapsed": 0.8,
    "withdrawn": 0.8,
    "annulled": 0.8,
}


def factor(document: Document) -> float:
    """What a document's score is multiplied by: what is no longer in force comes a little later."""
    return round(document.rank_boost * _STATE_FACTORS.get(document.state, 1.0), 4)
