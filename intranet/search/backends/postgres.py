"""The PostgreSQL backend, for an installation on several hosts.

Its tables are its own: it makes them, fills them and swaps them, and no migration knows them. A
rebuild is one transaction, so readers see the old index until the new one is whole.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import Any, Protocol

from sqlalchemy import Connection, Engine, text
from sqlalchemy.exc import DBAPIError

from intranet.search.backends import _postgres_sql as sql
from intranet.search.edits import is_near, tolerance
from intranet.search.fields import Analysed, analysed, conditions, factor, labels_of
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
from intranet.search.results import facets, packed, unpacked
from intranet.search.scoring import SCORED_WELL, Corpus, Window, parts_of, rarity, score, sought_by
from intranet.search.storable import storable

_BATCH = 200
_REBUILD_LOCK = 0x5EA7C4
_UNDEFINED_TABLE = "42P01"
_LOCK_REFUSED = ("55P03", "40P01")


class _Settings(Protocol):
    @property
    def instance_path(self) -> Path:
        """The folder of the installation."""


class PostgresBackend:
    """See SearchBackend."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def upsert(self, documents: Iterable[Document]) -> None:
        """See SearchBackend."""
        with self._connected() as connection:
            _insert(connection, documents, suffix="")

    def delete(self, keys: Iterable[str]) -> None:
        """See SearchBackend."""
        with self._connected() as connection:
            connection.execute(
                text("DELETE FROM search_document WHERE key = ANY(:keys)"),
                {"keys": [storable(key) for key in keys]},
            )

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
        with self._connected() as connection:
            engine = _PostgresEngine(connection)
            return climb(engine, query, audiences, start, limit, facets=facets)

    def replace_all(self, documents: Iterable[Document]) -> None:
        """See SearchBackend."""
        with self._engine.begin() as connection:
            connection.execute(text(f"SELECT pg_advisory_xact_lock({_REBUILD_LOCK})"))
            _run(connection, sql.TABLES.format(suffix="_next"))
            _insert(connection, documents, suffix="_next")
            _run(connection, sql.INDEXES.format(suffix="_next"))
            connection.execute(text(sql.STAMP.format(suffix="_next")), {"schema": SCHEMA_VERSION})
            _run(connection, sql.SWAP)

    def count(self) -> int:
        """See SearchBackend."""
        with self._connected() as connection:
            return int(connection.scalar(text("SELECT count(*) FROM search_document")) or 0)

    def stamp(self) -> Stamp | None:
        """See SearchBackend."""
        with self._connected() as connection:
            event = connection.scalar(text("SELECT event FROM search_stamp"))
            return None if event is None else Stamp(SCHEMA_VERSION, int(event))

    def set_stamp(self, event: int) -> None:
        """See SearchBackend."""
        with self._connected() as connection:
            connection.execute(text("UPDATE search_stamp SET event = :event"), {"event": event})

    def optimise(self) -> None:
        """See SearchBackend."""
        with self._connected():
            pass
        with self._engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(text("VACUUM (ANALYZE) search_document"))
            connection.execute(text("VACUUM (ANALYZE) search_word"))

    @contextmanager
    def _connected(self) -> Iterator[Connection]:
        """One transaction on an index of this version."""
        try:
            with self._engine.begin() as connection:
                connection.execute(text("SET LOCAL lock_timeout = '10s'"))
                schema = connection.scalar(text("SELECT schema FROM search_stamp"))
                if schema != SCHEMA_VERSION:
                    raise IndexUnusable("the index is of another version")
                yield connection
        except DBAPIError as error:
            code = getattr(error.orig, "sqlstate", None)
            if code == _UNDEFINED_TABLE:
                raise IndexUnusable("there is no index") from error
            if code in _LOCK_REFUSED:
                raise IndexBusy("the index is locked") from error
            raise


class _PostgresEngine:
    """One transaction, as the ladder wants it."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def run(
        self, plan: Plan, audiences: frozenset[str], start: int, limit: int
    ) -> tuple[int, list[Found]]:
        """See Engine."""
        wanted, values = _conditions(plan, audiences)
        window = Window.of(plan, start, max(limit, 1))
        rough, rough_values = _rough(plan)
        asked = {"lexemes": sorted(sought_by(plan)), "limit": window.limit, "start": window.start}
        rows = self._connection.execute(
            text(sql.FOUND.format(rough=rough, conditions=wanted)), values | rough_values | asked
        ).all()
        if not rows:
            count = text(f"SELECT count(*) FROM search_document WHERE {wanted}")  # noqa: S608
            return (self._connection.scalar(count, values) or 0) if start else 0, []
        ranked = [(row.score, row.key) for row in rows]
        if window.scored_well:
            ranked = self._in_order(plan, rows)
        return rows[0].total, self._shown(ranked[window.skipped :][:limit])

    def _in_order(self, plan: Plan, rows: Sequence[Any]) -> list[tuple[float, str]]:
        """The first ones by a good measure, the others after them as they came."""
        corpus = self._corpus(plan)
        scored = [
            (row.factor * score(plan, corpus, sql.places(row.places), row.lengths), row.key)
            for row in rows[:SCORED_WELL]
        ]
        # The order of the rows, the latest first, stays among equals.
        scored.sort(key=lambda pair: -pair[0])
        return scored + [(0.0, row.key) for row in rows[SCORED_WELL:]]

    def _shown(self, ranked: Sequence[tuple[float, str]]) -> list[Found]:
        rows = self._connection.execute(
            text("SELECT key, shown FROM search_document WHERE key = ANY(:keys)"),
            {"keys": [key for _, key in ranked]},
        )
        kept: dict[str, bytes] = {row.key: row.shown for row in rows}
        return [unpacked(kept[key], float(worth)) for worth, key in ranked]

    def _corpus(self, plan: Plan) -> Corpus:
        parts = parts_of(plan)
        count, lengths, titled, holding = self._connection.execute(
            text(sql.FREQUENCIES), {"queries": [sql.side_by_side(part) for part in parts]}
        ).one()
        both = [
            (rarity(count, title), rarity(count, anywhere))
            for title, anywhere in zip(titled, holding, strict=True)
        ]
        return Corpus(lengths, dict(zip(parts, both, strict=True)))

    def facets(self, plan: Plan, audiences: frozenset[str]) -> tuple[Facet, ...]:
        """See Engine."""
        wanted, values = _conditions(plan, audiences)
        rows = self._connection.execute(text(sql.FACETS.format(conditions=wanted)), values).all()
        counts = {row.label: row.number for row in rows}
        return facets(counts, {row.label: row.words for row in rows})

    def similar(self, term: str) -> Iterable[str]:
        """See Engine."""
        most = tolerance(len(term))
        shared = len(term) // (most + 1)
        near = self._connection.scalars(
            text(sql.SIMILAR),
            {
                "shortest": len(term) - most,
                "longest": len(term) + most,
                "head": term[:shared] + "%",
                "tail": term[: -shared - 1 : -1] + "%",
            },
        )
        return {word for word in near if is_near(term, word)}


def _rough(plan: Plan) -> tuple[str, dict[str, str]]:
    """A quick measure in SQL; without words everything is worth the same."""
    words = [sql.any_way(plan, word) for word in plan.words]
    words += [sql.side_by_side(phrase) for phrase in plan.phrases]
    if not words:
        return "1", {}
    rank = "factor * ts_rank(CAST(:weights AS real[]), terms, CAST(:rough AS tsquery), 1)"
    return rank, {"weights": sql.FIELD_WEIGHTS, "rough": " | ".join(words)}


def _conditions(plan: Plan, audiences: frozenset[str]) -> tuple[str, dict[str, Any]]:
    wanted = conditions(plan.query, audiences)
    labels = {f"labels{i}": sorted(several) for i, several in enumerate(wanted.required)}
    values: dict[str, Any] = {
        "match": sql.match(plan),
        "refused": sorted(wanted.refused),
        "hidden": sorted(wanted.hidden),
        "first": wanted.first,
        "last": wanted.last,
    }
    forms = {
        "match": "terms @@ CAST(:match AS tsquery)",
        **{name: f"labels && CAST(:{name} AS text[])" for name in labels},
        "refused": "NOT labels && CAST(:refused AS text[])",
        "hidden": "key <> ALL(CAST(:hidden AS text[]))",
        "first": "dated_on >= :first",
        "last": "dated_on <= :last",
    }
    used = labels | {name: value for name, value in values.items() if value}
    return " AND ".join(forms[name] for name in forms if name in used), used


def _insert(connection: Connection, documents: Iterable[Document], *, suffix: str) -> None:
    upsert, words = (text(s.format(suffix=suffix)) for s in (sql.UPSERT, sql.WORDS))
    known: set[str] = set()
    waiting = iter(documents)
    while batch := list(islice(waiting, _BATCH)):
        fields = [analysed(document) for document in batch]
        rows = [_row(document, f) for document, f in zip(batch, fields, strict=True)]
        connection.execute(upsert, rows)
        fresh = set().union(*(sql.words(f) for f in fields)) - known
        known |= fresh
        connection.execute(words, {"words": sorted(fresh)})


def _row(document: Document, fields: Analysed) -> Mapping[str, object]:
    labels = labels_of(document)
    lengths: Sequence[int] = [len(tokens) for _, tokens in fields.each()]
    return {
        "key": document.key,
        "shown": packed(document),
        "dated_on": document.dated_on,
        "labels": list(labels),
        "label_words": list(labels.values()),
        "factor": factor(document),
        "lengths": lengths,
        "terms": sql.vector(fields),
        "title_terms": sql.vector(fields, only="title"),
    }


def _run(connection: Connection, statements: str) -> None:
    for statement in statements.split(";"):
        connection.execute(text(statement))


def create(settings: _Settings, engine: Engine) -> PostgresBackend:
    """The index in the database itself. Raises ValueError when that is not PostgreSQL."""
    del settings
    if engine.dialect.name != "postgresql":
        raise ValueError("the search backend 'postgres' needs a PostgreSQL database")
    return PostgresBackend(engine)
