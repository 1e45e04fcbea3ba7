"""The SQLite backend: the full text of the database file itself, for a large corpus on one machine.

Its tables are its own: it makes them, fills them and swaps them, and no migration knows them. They
are filled a few documents at a time, so that no member's save waits long for the index.
"""

import json
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import Any, Protocol

from sqlalchemy import Connection, Engine, text
from sqlalchemy.exc import DBAPIError

from intranet.core.db import WRITE
from intranet.core.turns import turn_to_write
from intranet.search.backends import _fts5_sql as sql
from intranet.search.backends._fts5_tables import (
    drop_others,
    forget,
    make_tables,
    ready,
    replace,
    tables_in_use,
    usual_lengths,
)
from intranet.search.backends._terms import columns_of, places
from intranet.search.edits import is_near, tolerance
from intranet.search.fields import conditions
from intranet.search.ladder import climb
from intranet.search.plan import Plan
from intranet.search.port import (
    PAGE_SIZE,
    SCHEMA_VERSION,
    Document,
    Facet,
    Found,
    Hits,
    IndexBusy,
    IndexUnusable,
    Query,
    Stamp,
)
from intranet.search.results import counted, unpacked
from intranet.search.scoring import SCORED_WELL, Corpus, Window, parts_of, rarity, score, sought_by

_BATCH = 50


class _Settings(Protocol):
    @property
    def instance_path(self) -> Path:
        """The folder of the installation."""


class Fts5Backend:
    """See SearchBackend."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def upsert(self, documents: Iterable[Document]) -> None:
        """See SearchBackend."""
        fresh = [ready(document) for document in documents]
        with self._writing() as (connection, tables):
            replace(connection, tables, fresh)

    def delete(self, keys: Iterable[str]) -> None:
        """See SearchBackend."""
        with self._writing() as (connection, tables):
            forget(connection, tables, list(keys))

    def find(
        self,
        query: Query,
        audiences: frozenset[str],
        start: int = 0,
        limit: int = PAGE_SIZE,
        *,
        facets: bool = False,
    ) -> Hits:
        """See SearchBackend."""
        with self._reading() as (connection, tables):
            engine = _Fts5Engine(connection, tables)
            return climb(engine, query, audiences, start, limit, facets=facets)

    def replace_all(self, documents: Iterable[Document]) -> None:
        """See SearchBackend."""
        with self._transaction() as connection:
            tables = make_tables(connection)
        try:
            waiting = iter(documents)
            while batch := [ready(document) for document in islice(waiting, _BATCH)]:
                with self._transaction() as connection:
                    replace(connection, tables, batch)
            with self._transaction() as connection:
                connection.exec_driver_sql(
                    "INSERT OR REPLACE INTO search_stamp VALUES (1, ?, NULL, ?, ?)",
                    (SCHEMA_VERSION, tables, usual_lengths(connection, tables)),
                )
        finally:
            with self._transaction() as connection:
                drop_others(connection)

    def count(self) -> int:
        """See SearchBackend."""
        with self._reading() as (connection, n):
            found = connection.exec_driver_sql(f"SELECT count(*) FROM search_document_{n}")  # noqa: S608
            return int(found.scalar_one())

    def stamp(self) -> Stamp | None:
        """See SearchBackend."""
        with self._reading() as (connection, _tables):
            event = connection.exec_driver_sql("SELECT event FROM search_stamp").scalar()
            return None if event is None else Stamp(SCHEMA_VERSION, int(event))

    def set_stamp(self, event: int) -> None:
        """See SearchBackend."""
        with self._writing() as (connection, _tables):
            connection.exec_driver_sql("UPDATE search_stamp SET event = ?", (event,))

    def optimise(self) -> None:
        """See SearchBackend."""
        with self._writing() as (connection, n):
            connection.exec_driver_sql(
                f"INSERT INTO search_terms_{n} (search_terms_{n}) VALUES ('optimize')"  # noqa: S608
            )

    @contextmanager
    def _transaction(self) -> Iterator[Connection]:
        """The right to write, in turn with everybody else who writes to this database."""
        opened = self._engine.connect
        with (
            turn_to_write(self._engine),
            _understood(),
            opened().execution_options(**{WRITE: True}) as connection,
            connection.begin(),
        ):
            yield connection

    @contextmanager
    def _writing(self) -> Iterator[tuple[Connection, int]]:
        with self._transaction() as connection:
            yield connection, tables_in_use(connection)

    @contextmanager
    def _reading(self) -> Iterator[tuple[Connection, int]]:
        with _understood(), self._engine.connect() as connection:
            yield connection, tables_in_use(connection)


@contextmanager
def _understood() -> Iterator[None]:
    """Say of the errors of the driver which of the two kinds they are."""
    try:
        yield
    except DBAPIError as error:
        if "locked" in str(error.orig):
            raise IndexBusy("the database is locked") from error
        raise IndexUnusable("the index cannot be read") from error


class _Fts5Engine:
    """One snapshot of the database, as the ladder wants it."""

    def __init__(self, connection: Connection, tables: int) -> None:
        self._connection = connection
        self._n = tables

    def run(
        self, plan: Plan, audiences: frozenset[str], start: int, limit: int
    ) -> tuple[int, list[Found]]:
        """See Engine."""
        matched, values = self._matched(plan, audiences)
        window = Window.of(plan, start, max(limit, 1))
        page = sql.PAGE.format(n=self._n, matched=matched)
        rows = self._connection.execute(
            text(page), values | {"limit": window.limit, "start": window.start}
        ).all()
        if not rows:
            count = text(f"SELECT count(*) FROM ({matched})")  # noqa: S608
            return (self._connection.scalar(count, values) or 0) if start else 0, []
        ranked = [(row.score, row.id) for row in rows]
        if window.scored_well:
            ranked = self._in_order(plan, rows)
        return rows[0].total, self._shown(ranked[window.skipped :][:limit])

    def _in_order(self, plan: Plan, rows: Sequence[Any]) -> list[tuple[float, int]]:
        """The first ones by a good measure, the others after them as they came."""
        corpus, wanted = self._corpus(plan), sought_by(plan)
        n, first = self._n, rows[:SCORED_WELL]
        numbers = ",".join(str(row.id) for row in first)
        terms = self._connection.exec_driver_sql(
            f"SELECT id, terms FROM search_shown_{n} WHERE id IN ({numbers})"  # noqa: S608
        )
        standing = {row.id: places(columns_of(row.terms), wanted) for row in terms}
        scored = [
            (row.factor * score(plan, corpus, standing[row.id], json.loads(row.lengths)), row)
            for row in first
        ]
        # The order of the rows, the latest first, stays among equals.
        scored.sort(key=lambda pair: -pair[0])
        ranked = [(worth, row.id) for worth, row in scored]
        return ranked + [(0.0, row.id) for row in rows[SCORED_WELL:]]

    def _corpus(self, plan: Plan) -> Corpus:
        connection, n = self._connection, self._n
        count = connection.exec_driver_sql(f"SELECT count(*) FROM search_document_{n}").scalar_one()  # noqa: S608
        lengths = connection.exec_driver_sql("SELECT usual_lengths FROM search_stamp").scalar_one()
        frequency = sql.FREQUENCY.format(n=n)

        def rare(wanted: str) -> float:
            return rarity(count, connection.exec_driver_sql(frequency, (wanted,)).scalar_one())

        asked = {part: sql.phrase(part) for part in parts_of(plan)}
        rarities = {p: (rare(f"title : {words}"), rare(words)) for p, words in asked.items()}
        return Corpus(json.loads(lengths), rarities)

    def _shown(self, ranked: Sequence[tuple[float, int]]) -> list[Found]:
        numbers = ",".join(str(number) for _, number in ranked)
        rows = self._connection.exec_driver_sql(
            f"SELECT id, shown FROM search_shown_{self._n} WHERE id IN ({numbers})"  # noqa: S608
        )
        kept: dict[int, bytes] = {row.id: row.shown for row in rows}
        return [unpacked(kept[number], float(worth)) for worth, number in ranked]

    def _matched(self, plan: Plan, audiences: frozenset[str]) -> tuple[str, dict[str, Any]]:
        """The statement that finds and scores; without words the latest comes first."""
        wanted, values = sql.filters(conditions(plan.query, audiences))
        question = sql.match(plan)
        if question:
            values["match"] = question
            scored = sql.SCORED.format(n=self._n, weights=sql.WEIGHTS, conditions=wanted)
            return scored, values
        left_out = sql.excluded(plan)
        if left_out:
            values["excluded"] = left_out
            wanted += sql.WITHOUT.format(n=self._n)
        return sql.UNSCORED.format(n=self._n, conditions=wanted), values

    def facets(self, plan: Plan, audiences: frozenset[str]) -> tuple[Facet, ...]:
        """See Engine."""
        matched, values = self._matched(plan, audiences)
        found = self._connection.execute(
            text(
                f"SELECT d.labels FROM ({matched}) m"  # noqa: S608
                f" JOIN search_document_{self._n} d ON d.id = m.id"
            ),
            values,
        )
        return counted(sql.parted(labels) for labels in found.scalars())

    def similar(self, term: str) -> Iterable[str]:
        """See Engine."""
        # The first letter is rarely wrong, and it spares reading the whole vocabulary.
        most = tolerance(len(term))
        words = self._connection.exec_driver_sql(
            f"SELECT term FROM search_words_{self._n} WHERE term >= ? AND term < ?"  # noqa: S608
            " AND length(term) BETWEEN ? AND ?",
            (term[0], chr(ord(term[0]) + 1), len(term) - most, len(term) + most),
        )
        return {word for word in words.scalars() if is_near(term, word)}


def create(settings: _Settings, engine: Engine) -> Fts5Backend:
    """The index in the database file itself. Raises ValueError when that is not SQLite."""
    del settings
    if engine.dialect.name != "sqlite":
        raise ValueError("the search backend 'fts5' needs a SQLite database")
    return Fts5Backend(engine)
