"""The PostgreSQL backend, for an installation on several hosts.

Its tables are its own: it makes them, fills them and swaps them, and no migration knows them. A
rebuild is one transaction, so readers see the old index until the new one is whole.
"""

import math
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import Any, Protocol

from sqlalchemy import Connection, Engine, text
from sqlalchemy.exc import DBAPIError

from intranet.search.backends import _postgres_sql as sql
from intranet.search.edits import is_one_letter_apart
from intranet.search.fields import Analysed, analysed, factor, tag_names
from intranet.search.plan import Plan, climb
from intranet.search.port import (
    PAGE_SIZE,
    SCHEMA_VERSION,
    Document,
    Hits,
    IndexBusy,
    IndexUnusable,
    Query,
    Stamp,
)
from intranet.search.results import Found
from intranet.search.storable import storable

_BATCH = 200
_REBUILD_LOCK = 0x5EA7C4
_TITLE_WORTH = 3.0
_NEAR_WORTH = 0.5
_WELCOME_WORTH = 0.1
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
        self, query: Query, audiences: frozenset[str], start: int = 0, limit: int = PAGE_SIZE
    ) -> Hits:
        """See SearchBackend."""
        with self._connected() as connection:
            return climb(_PostgresEngine(connection), query, audiences, start, limit)

    def replace_all(self, documents: Iterable[Document]) -> None:
        """See SearchBackend."""
        with self._engine.begin() as connection:
            connection.execute(text(f"SELECT pg_advisory_xact_lock({_REBUILD_LOCK})"))
            _run(connection, sql.TABLES.format(suffix="_next"))
            _insert(connection, documents, suffix="_next")
            _run(connection, sql.INDEXES.format(suffix="_next"))
            connection.execute(
                text("INSERT INTO search_stamp_next (schema) VALUES (:schema)"),
                {"schema": SCHEMA_VERSION},
            )
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
        conditions, values = _conditions(plan, audiences)
        score, score_values = _score(plan, self._rarities(plan))
        values |= score_values
        wanted = text(sql.FOUND.format(score=score, conditions=conditions))
        rows = self._connection.execute(
            wanted, values | {"limit": max(limit, 1), "start": start}
        ).all()
        if not rows and start:
            total = text(f"SELECT count(*) FROM search_document WHERE {conditions}")  # noqa: S608
            return int(self._connection.scalar(total, values) or 0), []
        return (rows[0].total if rows else 0), [_found(row) for row in rows]

    def similar(self, term: str) -> Iterable[str]:
        """See Engine."""
        half = (len(term) - 1) // 2
        near = self._connection.scalars(
            text(sql.SIMILAR),
            {"length": len(term), "head": term[:half] + "%", "tail": term[: -half - 1 : -1] + "%"},
        )
        words = set(near)
        if term in words:
            return ()
        return {word for word in words if is_one_letter_apart(word, term)}

    def _rarities(self, plan: Plan) -> list[float]:
        """What finding each word is worth: the rarer, the more (the idf of BM25)."""
        queries = [sql.side_by_side(word) for word in plan.words + plan.phrases]
        if not queries:
            return []
        count, frequencies = self._connection.execute(
            text(sql.FREQUENCIES), {"queries": queries}
        ).one()
        return [math.log(1 + (count - n + 0.5) / (n + 0.5)) for n in frequencies]


def _score(plan: Plan, rarities: list[float]) -> tuple[str, dict[str, Any]]:
    """The SQL of the score and its values: each term where it stands, neighbours together."""
    parts: list[str] = []
    values: dict[str, Any] = {"weights": sql.FIELD_WEIGHTS}

    def add(query: str, worth: float, form: str) -> None:
        name = f"s{len(parts)}"
        values[name], values[f"{name}_worth"] = query, worth
        parts.append(form.format(name=name))

    rank = ":{name}_worth * ts_rank(CAST(:weights AS real[]), terms, CAST(:{name} AS tsquery), 1)"
    title = (
        "CASE WHEN terms @@ CAST(:{name} AS tsquery)"
        " THEN :{name}_worth / (2 + title_words) ELSE 0 END"
    )
    for phrase, rarity in zip(plan.words + plan.phrases, rarities, strict=True):
        for concept in phrase:
            for term, weight in concept.terms:
                add(sql.quoted(term), rarity * weight / len(phrase), rank)
                add(f"{sql.quoted(term)}:A", rarity * weight * _TITLE_WORTH, title)
    for pair in plan.near:
        add(sql.side_by_side(pair), _NEAR_WORTH, rank)
    for concept in plan.welcome:
        add(sql.any_of(concept), _WELCOME_WORTH, rank)
    return " + ".join(parts) or "1", values if parts else {}


def _conditions(plan: Plan, audiences: frozenset[str]) -> tuple[str, dict[str, Any]]:
    asked = plan.query
    values: dict[str, Any] = {
        "audiences": sorted(audiences),
        "match": sql.match(plan),
        "kinds": list(asked.kinds),
        "states": list(asked.states),
        "tag_names": list(asked.tags),
        "from_on": asked.from_on,
        "to_on": asked.to_on,
    }
    forms = {
        "match": "terms @@ CAST(:match AS tsquery)",
        "audiences": "audience = ANY(:audiences)",
        "kinds": "kind = ANY(:kinds)",
        "states": "state = ANY(:states)",
        "tag_names": "tag_names && CAST(:tag_names AS text[])",
        "from_on": "dated_on >= :from_on",
        "to_on": "dated_on <= :to_on",
    }
    used = {name: value for name, value in values.items() if value}
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
    return {
        "key": document.key,
        "kind": document.kind,
        "title": storable(document.title),
        "body": storable(document.body),
        "language": document.language,
        "url": document.url,
        "source": document.source,
        "state": document.state,
        "dated_on": document.dated_on,
        "tags": [storable(tag) for tag in document.tags],
        "tag_names": list(tag_names(document)),
        "audience": document.audience,
        "factor": factor(document),
        "title_words": float(len(fields.title)),
        "terms": sql.vector(fields),
    }


def _run(connection: Connection, statements: str) -> None:
    for statement in statements.split(";"):
        connection.execute(text(statement))


def _found(row: Any) -> Found:
    return Found(
        key=row.key,
        kind=row.kind,
        title=row.title,
        body=row.body,
        language=row.language,
        url=row.url,
        source=row.source,
        state=row.state,
        dated_on=row.dated_on,
        tags=tuple(row.tags),
        score=float(row.score),
    )


def create(settings: _Settings, engine: Engine) -> PostgresBackend:
    """The index in the database itself. Raises ValueError when that is not PostgreSQL."""
    del settings
    if engine.dialect.name != "postgresql":
        raise ValueError("the search backend 'postgres' needs a PostgreSQL database")
    return PostgresBackend(engine)
