"""The rulebook of 300 articles and 2,000 decisions costs as many statements as one of ten."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from flask import Flask
from sqlalchemy import insert

from intranet.core import clock
from intranet.core.db import db
from intranet.core.texts import TextBody, text_digest
from intranet.core.transaction import transaction
from intranet.decisions.models import Decision, DecisionShelf
from intranet.rulebook.comparison_queries import comparison
from intranet.rulebook.outstanding_queries import outstanding
from intranet.rulebook.paragraph_queries import paragraph
from intranet.rulebook.queries import rulebook
from intranet.wiki.models import Page, ParagraphChange, Rendering, Revision, RevisionBlock
from intranet.wiki.provenance_queries import decided_parts
from tests.cast import Cast, as_reader
from tests.wiki.test_queries import counted

STARTED = date(2020, 1, 1)
FIRST, SECOND = date(2023, 6, 1), date(2024, 6, 1)


def texts(number: int, version: int) -> tuple[str, str]:
    """The two paragraphs of an article; the second changes with each decision."""
    return f"L’article {number} commence ainsi.", f"Version {version} de l’article {number}."


class Maker:
    """Writes a rulebook straight into the tables: articles changed in turn, a decision each."""

    def __init__(self) -> None:
        self.rows: dict[type[Any], list[dict[str, Any]]] = {}
        self.versions: dict[int, int] = {}
        self.decisions = 0

    def add(self, table: type[Any], **values: Any) -> None:
        """Keep a row to be written."""
        self.rows.setdefault(table, []).append(values)

    def grow(self, articles: int, decisions: int) -> None:
        """Go on until there are so many articles and decisions."""
        while self.decisions < decisions:
            new = len(self.versions) + 1
            page_id = new if new <= articles else self.decisions % articles + 1
            self.decisions += 1
            self._decide(page_id, STARTED + timedelta(days=self.decisions))
        with transaction(None) as tx:
            for table, rows in self.rows.items():
                tx.session.execute(insert(table), rows)
        self.rows.clear()

    def _decide(self, page_id: int, day: date) -> None:
        version = self.versions[page_id] = self.versions.get(page_id, 0) + 1
        revision_id, number = self.decisions, f"AG-2020-{self.decisions:04}"
        words = texts(page_id, version)
        source = "\n\n".join(words)
        digest, now = text_digest(source), clock.now()
        title = f"Article {page_id:03}"
        if version == 1:
            self._page(page_id, title)
        self.add(TextBody, digest=digest, body=source, redacted_because=None)
        self._decision(revision_id, number, title, digest, day)
        row = {"id": revision_id, "page_id": page_id, "number": version, "kind": "enacted"}
        row |= {"title": title, "text_digest": digest, "at": now, "decision_number": number}
        self.add(Revision, **row, in_force_on=day, summary="", minor=False)
        self._blocks(page_id, revision_id, number, day, words)
        before = texts(page_id, version - 1)[1] if version > 1 else ""
        act = "changed" if before else "created"
        change = {"block_id": f"b{page_id}", "act": act, "before": before, "after": words[1]}
        self.add(ParagraphChange, revision_id=revision_id, place=0, page_id=page_id, **change)

    def _page(self, page_id: int, title: str) -> None:
        names = {"title": title, "title_key": title.lower(), "slug": f"article-{page_id}"}
        kind = {"kind": "rule", "layer": "operating_rules", "language": "fr", "version": 1}
        self.add(Page, id=page_id, **names, **kind, audience="workers", created_at=clock.now())

    def _decision(self, key: int, number: str, title: str, digest: str, day: date) -> None:
        now = clock.now()
        dates = {"decided_on": day, "effective_on": day, "recorded_at": now, "published_at": now}
        record = {"id": key, "number": number, "year": 2020, "sequence": key, "title": title}
        rest = {"text_digest": digest, "result": "adopted", "origin_kind": "by_hand"}
        self.add(Decision, **record, **dates, **rest, outcome="", procedure="")
        self.add(DecisionShelf, decision_id=key, audience="workers", html="", plain="")

    def _blocks(
        self, page_id: int, revision_id: int, number: str, day: date, words: tuple[str, str]
    ) -> None:
        ids = (f"a{page_id}", f"b{page_id}")
        html = [
            f'<div class="block" data-kind="paragraph" id="b-{block_id}">'
            f'<div class="block__text"><p>{text}</p></div></div>'
            for block_id, text in zip(ids, words, strict=True)
        ]
        self.add(Rendering, revision_id=revision_id, html="\n".join(html), contents="{}", plain="")
        for position, (block_id, text) in enumerate(zip(ids, words, strict=True)):
            place = {"revision_id": revision_id, "position": position, "block_id": block_id}
            origin = {"decision_number": number, "in_force_on": day}
            digest = text_digest(text)
            self.add(RevisionBlock, **place, kind="paragraph", text_digest=digest, **origin)


def costs(cast: Cast) -> Iterator[int]:
    """How many statements each page asks for."""
    asks = (
        lambda reader: rulebook(reader, FIRST),
        lambda reader: rulebook(reader, SECOND),
        lambda reader: comparison(reader, FIRST, SECOND),
        lambda reader: paragraph(reader, "article-1", "b1"),
        lambda reader: decided_parts(reader, "AG-2020-0001"),
        outstanding,
    )
    for ask in asks:
        reader = as_reader(cast.amel)
        with counted() as sent:
            ask(reader)
        yield len(sent)


def test_a_large_rulebook_asks_as_much_as_a_small_one(app: Flask, cast: Cast) -> None:
    maker = Maker()
    maker.grow(10, 20)
    few = list(costs(cast))
    maker.grow(300, 2_000)
    assert list(costs(cast)) == few
    assert max(few) <= 12
    reader = as_reader(cast.amel)
    assert len(list(rulebook(reader, SECOND).articles)) == 300
    assert len(comparison(reader, FIRST, SECOND).articles) == 300
    assert db.session.query(Decision).count() == 2_000
