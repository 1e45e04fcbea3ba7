"""The database: one base for all tables, SQLite made safe, and records that nobody can edit."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from functools import cache
from typing import Any

from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import (
    DDL,
    Connection,
    CursorResult,
    DateTime,
    Dialect,
    Engine,
    Executable,
    MetaData,
    Table,
    event,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column, registry
from sqlalchemy.types import TypeDecorator

WRITE = "intranet_write"

Values = Mapping[str, object] | Sequence[Mapping[str, object]] | None
"""What the parameters of a statement stand for; several of them run it as many times."""

NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class Instant(TypeDecorator[datetime]):
    """An aware instant, kept in UTC by every database."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Refuse naive times; store UTC."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("an instant needs its time zone")
        value = value.astimezone(UTC)
        return value.replace(tzinfo=None) if dialect.name == "sqlite" else value

    def process_result_value(self, value: datetime | None, _dialect: Dialect) -> datetime | None:
        """Give back aware UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Base(DeclarativeBase):
    """The base of every table."""

    registry = registry(
        metadata=MetaData(naming_convention=NAMES), type_annotation_map={datetime: Instant}
    )


class Identified(Base):
    """A table whose rows are known by a whole number."""

    __abstract__ = True
    id: Mapped[int] = mapped_column(primary_key=True)


db = SQLAlchemy(model_class=Base, session_options={"autoflush": True})

PRAGMAS = (
    "PRAGMA journal_mode=WAL",
    "PRAGMA synchronous=FULL",
    "PRAGMA foreign_keys=ON",
    "PRAGMA busy_timeout=5000",
    "PRAGMA secure_delete=ON",
    "PRAGMA temp_store=MEMORY",
)


def _prepare_connection(connection: Any, _record: object) -> None:
    """Make SQLite durable and strict, and take BEGIN away from the driver."""
    if isinstance(connection, sqlite3.Connection):
        connection.isolation_level = None
        for pragma in PRAGMAS:
            connection.execute(pragma)


def _begin(connection: Connection) -> None:
    """Readers begin lazily; a writer takes the write lock first, so that it never reads stale."""
    if connection.dialect.name == "sqlite":
        writes = connection.get_execution_options().get(WRITE)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def prepare(engine: Engine) -> None:
    """Install the settings above on an engine, once."""
    if not event.contains(engine, "connect", _prepare_connection):
        event.listen(engine, "connect", _prepare_connection)
        event.listen(engine, "begin", _begin)


def run(session: Session, statement: Executable, values: Values = None) -> CursorResult[Any]:
    """Run a statement on columns that was built once, in a third of the time that the session
    takes for it. What is pending is written first; objects that the session holds learn nothing.
    """
    session.flush()
    return session.connection().execute(statement, values)


def insert_once(session: Session, model: type[Base], **values: object) -> bool:
    """Insert a row unless one has its key, and say whether it was inserted.

    Two who insert at the same instant do not fail: the second waits for the first to commit.
    """
    statement = _insert_once(model, session.get_bind().dialect.name)
    return run(session, statement, values).first() is not None


@cache
def _insert_once(model: type[Base], dialect: str) -> Executable:
    row: sqlite.Insert | postgresql.Insert
    row = sqlite.insert(model) if dialect == "sqlite" else postgresql.insert(model)
    return row.on_conflict_do_nothing().returning(*model.__table__.primary_key)


SQLITE_TRIGGER = """CREATE TRIGGER {table}_no_{verb} BEFORE {event} ON {table} WHEN {condition}
BEGIN SELECT RAISE(ABORT, '{table} is a record: it is never changed'); END"""

POSTGRES_FUNCTION = """CREATE OR REPLACE FUNCTION {table}_no_{verb}() RETURNS trigger AS $$
BEGIN IF {condition} THEN RAISE EXCEPTION '{table} is a record: it is never changed'
USING ERRCODE = 'integrity_constraint_violation'; END IF;
IF TG_OP = 'UPDATE' THEN RETURN NEW; END IF; RETURN OLD; END $$ LANGUAGE plpgsql"""

POSTGRES_TRIGGER = """CREATE TRIGGER {table}_no_{verb} BEFORE {event} ON {table}
FOR EACH ROW EXECUTE FUNCTION {table}_no_{verb}()"""


def record_statements(
    table: str, dialect: str, keep_when: str = "1 = 1", emptied: str = ""
) -> list[str]:
    """The statements that make a table append-only.

    An update is refused, except one for which `emptied`, an SQL condition on OLD and NEW, holds:
    it takes words out and changes nothing else. A delete is refused while `keep_when`, an SQL
    condition on OLD, holds: by default always.
    """
    templates = [SQLITE_TRIGGER] if dialect == "sqlite" else [POSTGRES_FUNCTION, POSTGRES_TRIGGER]
    return [
        template.format(table=table, verb=verb, event=verb.upper(), condition=condition)
        for verb, condition in (
            ("update", f"NOT ({emptied})" if emptied else "1 = 1"),
            ("delete", keep_when),
        )
        for template in templates
    ]


SQLITE_GUARD = """CREATE TRIGGER {table}_no_{name} BEFORE INSERT ON {table} WHEN {condition}
BEGIN SELECT RAISE(ABORT, '{table} refuses {name}'); END"""

POSTGRES_GUARD_FUNCTION = """CREATE OR REPLACE FUNCTION {table}_no_{name}() RETURNS trigger AS $$
BEGIN IF {condition} THEN RAISE EXCEPTION '{table} refuses {name}'
USING ERRCODE = 'integrity_constraint_violation'; END IF; RETURN NEW; END $$ LANGUAGE plpgsql"""

POSTGRES_GUARD = """CREATE TRIGGER {table}_no_{name} BEFORE INSERT ON {table}
FOR EACH ROW EXECUTE FUNCTION {table}_no_{name}()"""


def guard_statements(table: str, dialect: str, name: str, condition: str) -> list[str]:
    """The statements that refuse new rows for which an SQL condition on NEW holds."""
    is_sqlite = dialect == "sqlite"
    templates = [SQLITE_GUARD] if is_sqlite else [POSTGRES_GUARD_FUNCTION, POSTGRES_GUARD]
    return [template.format(table=table, name=name, condition=condition) for template in templates]


def refuse_insert(model: type[Base], name: str, condition: str) -> None:
    """Let the database refuse rows that no check of one row can see to be wrong."""
    table = model.metadata.tables[model.__tablename__]
    for dialect in ("sqlite", "postgresql"):
        for statement in guard_statements(table.name, dialect, name, condition):
            _after_create(table, dialect, statement)


RECORDS: dict[str, str] = {}


def append_only(model: type[Base], keep_when: str = "1 = 1", emptied: str = "") -> None:
    """Make a table a record: the database refuses updates and deletes, whatever the code does."""
    table = model.metadata.tables[model.__tablename__]
    RECORDS[table.name] = keep_when
    for dialect in ("sqlite", "postgresql"):
        for statement in record_statements(table.name, dialect, keep_when, emptied):
            _after_create(table, dialect, statement)


def _after_create(table: Table, dialect: str, statement: str) -> None:
    ddl = DDL(statement.replace("%", "%%"))  # type: ignore[no-untyped-call]
    event.listen(table, "after_create", ddl.execute_if(dialect=dialect))
