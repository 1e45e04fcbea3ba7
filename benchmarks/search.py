"""How quickly each backend of the search answers, follows and is built, beside a bare FTS5 query.

"Whole page" is the page of results as somebody signed in gets it from the application, for two
words: with its rights, its facets and its marked passages.

    PYTHONPATH=. .venv/bin/python -m benchmarks.search [--documents N ...] [--backend NAME ...]
        [--write]

Generated documents of about 5 KB. The bare query is SQLite's FTS5 on the same texts, without
French, rights, filters or rows of the application: the best 10 with their snippets. All are asked
the same questions in the same run, in turn. --write puts the table into docs/benchmarks.md.
"""

from __future__ import annotations

import argparse
import random
import re
import resource
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from flask import Flask
from sqlalchemy import select, text

from benchmarks.installation import installed, visitor
from benchmarks.relevance import NAMES
from benchmarks.report import machine
from benchmarks.text import WORDS, page_text, two_words
from intranet.core.actor import Actor
from intranet.core.db import db
from intranet.core.events import ChainHead
from intranet.core.transaction import reader
from intranet.search.completion import complete
from intranet.search.index import backend_of
from intranet.search.parsing import parse_query
from intranet.search.port import Document, SearchBackend

QUESTIONS, UPDATES, PARAGRAPHS = 60, 15, 9
OPEN = frozenset({"open"})
REPORT = Path(__file__).resolve().parents[1] / "docs" / "benchmarks.md"
MARKS = ("<!-- search -->", "<!-- /search -->")
COLUMNS = (
    "two words",
    "whole page",
    "phrase",
    "first letters",
    "facets",
    "typing mistake",
    "one update",
)


@dataclass(frozen=True)
class Measured:
    """One backend on one corpus: seconds, megabytes, and p50 and p99 in milliseconds."""

    name: str
    documents: int
    build: float
    size: float
    memory: float
    times: dict[str, tuple[float, float]]


def documents(count: int) -> Iterator[Document]:
    """The corpus: the same on every machine."""
    for number in range(count):
        yield document(number)


def document(number: int, more: str = "") -> Document:
    """One document of about 5 KB, as the sources make them."""
    source = random.Random(number)
    kind = source.choice(("page", "page", "decision", "proposal", "comment"))
    states = {"decision": "in_force", "proposal": "adopted"}
    return Document(
        key=f"page:{number + 1}",
        kind=kind,
        title=" ".join(source.sample(WORDS[:800], 4)),
        body=f"{page_text(number, PARAGRAPHS)}\n{more}",
        url=f"/wiki/p{number}",
        audience="open",
        state=states.get(kind, ""),
        tags=tuple(source.sample(WORDS[:40], 2)),
        labels=(("author", f"Personne {source.randint(1, 30)}"),),
        dated_on=date(2018, 1, 1) + timedelta(days=source.randint(0, 3000)),
    )


def titles(count: int) -> list[str]:
    """The names of the pages behind the documents: no two alike."""
    return [f"{one.title} {number}" for number, one in enumerate(documents(count))]


def questions() -> dict[str, list[str]]:
    """What is asked, by sort; words as members type them."""
    source = random.Random(7)
    texts = [page_text(source.randint(0, 9_999), PARAGRAPHS).split() for _ in range(QUESTIONS)]
    starts = [source.randint(0, 300) for _ in range(QUESTIONS)]
    two = [two_words(source) for _ in range(QUESTIONS)]
    pairs = zip(texts, starts, strict=True)
    return {
        "two words": two,
        "phrase": [f'"{text[at]} {text[at + 1]}"'.replace(".", "") for text, at in pairs],
        "facets": two,
        "typing mistake": [f"{word[:3]}{word[4:]}" for word in source.choices(WORDS[50:], k=20)],
    }


def spread(times: list[float]) -> tuple[float, float]:
    """p50 and p99 in milliseconds."""
    times = sorted(1000 * one for one in times)
    return statistics.median(times), times[min(len(times) - 1, int(0.99 * len(times)))]


def timed(each: list[Callable[[], object]]) -> tuple[float, float]:
    """The spread of these calls, the first three left out because they warm things up."""
    for call in each[:3]:
        call()
    times = []
    for call in each:
        before = time.perf_counter()
        call()
        times.append(time.perf_counter() - before)
    return spread(times)


def measure(name: str, count: int, folder: Path) -> Measured:
    """Build the index of one installation, then ask and change it."""
    with installed(name, folder, titles(count)) as app:
        backend = backend_of(db.session())
        empty = size_of(name, folder)
        before = time.perf_counter()
        with PeakMemory() as memory:
            backend.replace_all(documents(count))
        built = time.perf_counter() - before
        backend.set_stamp(db.session.scalar(select(ChainHead.event_id)) or 0)
        size = size_of(name, folder) - empty
        times = {"whole page": timed(pages_asked(app)), **asked(backend)}
    return Measured(name, count, built, size, memory.grown, times)


def pages_asked(app: Flask) -> list[Callable[[], object]]:
    """A request of the page of results for each question of two words."""
    client = visitor(app)

    def ask(words: str) -> Callable[[], object]:
        def page() -> None:
            answer = client.get("/search", query_string={"q": words})
            assert b"<mark>" in answer.data, words

        return page

    return [ask(words) for words in questions()["two words"]]


def asked(backend: SearchBackend) -> dict[str, tuple[float, float]]:
    """The times of every sort of question, and of one update."""

    def ask(text: str, *, facets: bool = False) -> Callable[[], object]:
        return lambda: backend.find(parse_query(text), OPEN, facets=facets)

    found = {
        sort: timed([ask(text, facets=sort == "facets") for text in texts])
        for sort, texts in questions().items()
    }

    def change(number: int) -> Callable[[], object]:
        return lambda: backend.upsert([document(number, f"nouveauté {number}")])

    found["one update"] = timed([change(number) for number in range(UPDATES)])
    return found


class PeakMemory:
    """How many megabytes this process grows by while a block runs, looked at ten times a second."""

    grown = 0.0

    def __enter__(self) -> PeakMemory:
        self._start = self._now()
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._look, daemon=True)
        self._thread.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self._stop.set()
        self._thread.join()

    def _look(self) -> None:
        while not self._stop.wait(0.1):
            self.grown = max(self.grown, self._now() - self._start)

    @staticmethod
    def _now() -> float:
        pages = int(Path("/proc/self/statm").read_text().split()[1])
        return pages * resource.getpagesize() / 1e6


def size_of(name: str, folder: Path) -> float:
    """Megabytes of the index on the disk, with what is shown of each document; for SQLite those of
    the whole database, in whose file it is."""
    if name == "postgres":
        query = "SELECT sum(pg_total_relation_size(oid)) FROM pg_class WHERE relname ~ '^search_'"
        return float((db.session.scalar(text(query)) or 0) / 1_000_000)
    where = folder / "instance" / "search" if name == "whoosh" else folder / "instance"
    return sum(path.stat().st_size for path in where.rglob("*") if path.is_file()) / 1e6


def bare(count: int, folder: Path) -> Measured:
    """The least: FTS5 on the texts as they are."""
    path = folder / "bare.db"
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute(
        "CREATE VIRTUAL TABLE words USING fts5(title, body,"
        " tokenize='unicode61 remove_diacritics 2')"
    )
    before = time.perf_counter()
    connection.execute("BEGIN")
    rows = ((one.title, one.body) for one in documents(count))
    connection.executemany("INSERT INTO words VALUES (?, ?)", rows)
    connection.execute("COMMIT")
    built = time.perf_counter() - before
    query = (
        "SELECT title, snippet(words, 1, '<b>', '</b>', '…', 30) FROM words"
        " WHERE words MATCH ? ORDER BY rank LIMIT 10"
    )

    def ask(wanted: str) -> Callable[[], object]:
        return lambda: connection.execute(query, (wanted,)).fetchall()

    def change(number: int) -> Callable[[], object]:
        one = document(number, f"nouveauté {number}")
        values = (one.title, one.body, number + 1)
        update = "UPDATE words SET title = ?, body = ? WHERE rowid = ?"
        return lambda: connection.execute(update, values)

    sorts = questions()
    letters = [f"{word[:4]}*" for text in sorts["two words"] for word in text.split()[:1]]
    quoted = [" ".join(f'"{word}"' for word in text.split()) for text in sorts["two words"]]
    times = {
        "two words": timed([ask(text) for text in quoted]),
        "phrase": timed([ask(text) for text in sorts["phrase"]]),
        "first letters": timed([ask(text) for text in letters if re.fullmatch(r"\w+\*", text)]),
        "one update": timed([change(number) for number in range(UPDATES)]),
    }
    connection.close()
    size = sum(one.stat().st_size for one in folder.glob("bare.db*")) / 1e6
    return Measured("bare FTS5", count, built, size, 0.0, times)


def completion(count: int, folder: Path) -> tuple[float, float]:
    """What the product takes to complete two to five letters among so many pages, by the rights of
    the moment; the names are in memory, as after the first question."""
    with installed("whoosh", folder, titles(count)):
        somebody = Actor(1, "", "employee", frozenset(), frozenset({"open", "workers"}))
        source, looking = random.Random(3), reader(somebody)
        typed = [word[: source.randint(2, 5)] for word in source.choices(WORDS[:800], k=QUESTIONS)]
        return timed([lambda word=word: complete(looking, word) for word in typed])  # type: ignore[misc]


def table(measured: list[Measured]) -> str:
    """The figures as Markdown."""
    head = ["documents", "engine", "build s", "index MB", "memory MB", *COLUMNS]
    lines = [f"| {' | '.join(head)} |", f"|---|---|{'---:|' * (len(head) - 2)}"]
    for one in measured:
        cells = [f"{one.documents:,}", one.name, f"{one.build:.1f}", f"{one.size:.0f}"]
        cells.append(f"{one.memory:.0f}" if one.memory else "")
        for column in COLUMNS:
            spent = one.times.get(column)
            cells.append(f"{spent[0]:.1f} / {spent[1]:.1f}" if spent else "")
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines)


def relevance() -> str:
    """What benchmarks/relevance.py says on the real texts, one line for each backend; nothing where
    there are none."""
    command = [sys.executable, "-m", "benchmarks.relevance"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    lines = [line for line in done.stdout.splitlines() if "MRR@10" in line]
    return "\n".join(f"- {line}" for line in lines)


def main() -> None:
    """Measure, print, and write when asked to."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--documents", type=int, nargs="+", default=[10_000])
    parser.add_argument("--backend", choices=NAMES, nargs="+", default=NAMES)
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    measured = []
    for count in options.documents:
        for name in ["bare", *options.backend]:
            with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
                where = Path(folder)
                one = bare(count, where) if name == "bare" else measure(name, count, where)
            print(table([one]), flush=True)
            measured.append(one)
    with tempfile.TemporaryDirectory() as folder:
        last = options.documents[-1]
        fast, slow = completion(last, Path(folder))
    counts = " ".join(map(str, options.documents))
    said = (
        f"Machine: {machine()}. Date: {datetime.now(UTC).date()}."
        f" Command: `python -m benchmarks.search --documents {counts}`.\n\n{relevance()}\n\n"
        f"{table(measured)}"
        f"\n\nCompletion of two to five letters among {last:,} pages: {fast:.1f} / {slow:.1f} ms."
    )
    print(said)
    if options.write:
        before, _, rest = REPORT.read_text(encoding="utf-8").partition(MARKS[0])
        after = rest.partition(MARKS[1])[2]
        text = f"{before}{MARKS[0]}\n{said}\n{MARKS[1]}{after}"
        REPORT.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
