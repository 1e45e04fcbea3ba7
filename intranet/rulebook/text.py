"""The rules of a day as one document: its parts as a page shows them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Coming:
    """What an adopted text will do to a paragraph from a later day: `act` is changed, created
    (after the paragraph it stands with) or removed."""

    act: str
    block_id: str
    html: str
    in_force_on: date
    decision_number: str


@dataclass(frozen=True)
class Move:
    """That a rule will stand right after another one, from a later day; `after` is empty for a
    place before all others."""

    after: str
    in_force_on: date
    decision_number: str


@dataclass(frozen=True)
class Passage:
    """A paragraph, the decision behind it, and what is to come. `html` is safe and stored.

    `number` is its place in the article on this day, None for a heading; a passage without
    `block_id` holds only what will come before the first paragraph.
    """

    block_id: str
    html: str
    number: int | None
    decision_number: str | None
    in_force_on: date | None
    coming: tuple[Coming, ...] = ()


@dataclass(frozen=True)
class Article:
    """A rule as it applies on the day. `coming_on` is set for a rule that is not in force yet: it
    has no number then. `text_digest` seals its source. `deciders` are the keys of the only
    procedures that might change it on that day; none named means all those of its rank. `moves` are
    the places that it takes later. `removed_because` says why its words were removed for ever."""

    page_id: int
    slug: str
    layer: str
    title: str
    text_digest: str
    passages: tuple[Passage, ...]
    notes: str
    deciders: tuple[str, ...] = ()
    moves: tuple[Move, ...] = ()
    number: int | None = None
    coming_on: date | None = None
    decision_number: str | None = None
    removed_because: str | None = None

    @property
    def anchor(self) -> str:
        """Where the article stands on the page: its identity, whatever its number."""
        return f"rule-{self.page_id}"


@dataclass(frozen=True)
class Part:
    """The articles of one rank, and who may change them: the names of procedures with their
    keys."""

    layer: str
    articles: tuple[Article, ...]
    procedures: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Rulebook:
    """All rules on a day, the strongest rank first. `previous` and `following` are the nearest
    days on which a rule changes."""

    on: date
    parts: tuple[Part, ...]
    previous: date | None
    following: date | None

    @property
    def articles(self) -> Iterator[Article]:
        """The articles in the order of the document."""
        for part in self.parts:
            yield from part.articles

    @property
    def manifest(self) -> str:
        """One line for each article in force, in order: the digest of its source and its name, as
        sha256sum writes and checks them."""
        in_force = (article for article in self.articles if article.coming_on is None)
        return "".join(f"{article.text_digest}  {article.title}\n" for article in in_force)

    @property
    def digest(self) -> str:
        """The digest of the manifest: the same for all who may read the same rules."""
        return hashlib.sha256(self.manifest.encode()).hexdigest()

    @property
    def texts(self) -> Iterator[str]:
        """The HTML of everything that stands in the document, to look up at once what it cites."""
        for article in self.articles:
            yield article.notes
            for passage in article.passages:
                yield passage.html
                yield from (change.html for change in passage.coming)

    @property
    def decision_numbers(self) -> frozenset[str]:
        """The decisions behind the paragraphs that apply."""
        passages = (passage for article in self.articles for passage in article.passages)
        return frozenset(one.decision_number for one in passages if one.decision_number)

    @property
    def has_coming(self) -> bool:
        """Whether something adopted is not in force on this day."""
        return any(
            article.coming_on
            or article.moves
            or any(passage.coming for passage in article.passages)
            for article in self.articles
        )
