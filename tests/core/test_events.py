"""The journal is chained: what was written stays as it was, or somebody sees it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime

import pytest
from flask import Flask
from sqlalchemy import Connection, inspect, text
from sqlalchemy.exc import DatabaseError

from intranet.core import db as core_db
from intranet.core.db import RECORDS, db
from intranet.core.events import ChainHead, Event, EventRow, canonical, first_broken_link
from intranet.core.transaction import transaction


@dataclass(frozen=True)
class BellRang(Event):
    """An event of these tests."""

    times: int
    on: date = date(2026, 3, 1)


def ring(*times: int) -> None:
    for number in times:
        with transaction(None) as tx:
            tx.record(BellRang(number))


def force(statement: str, **values: object) -> None:
    """Change the database as somebody with the file in their hands would: without triggers."""
    with db.engine.begin() as connection:
        if connection.dialect.name == "sqlite":
            for name in ("update", "delete"):
                connection.exec_driver_sql(f"DROP TRIGGER IF EXISTS event_no_{name}")
        else:
            connection.exec_driver_sql("SET LOCAL session_replication_role = replica")
        connection.execute(text(statement), values)
    db.session.rollback()


@pytest.fixture
def journal(app: Flask) -> None:
    """A journal of five lines."""
    ring(1, 2, 3, 4, 5)


def broken() -> int | None:
    db.session.rollback()
    return first_broken_link(db.session())


def test_a_journal_that_nobody_touched_is_whole(journal: None) -> None:
    assert broken() is None
    rows = db.session.query(EventRow).order_by(EventRow.id).all()
    assert [row.id for row in rows] == [1, 2, 3, 4, 5]
    assert rows[0].payload == '{"on":"2026-03-01","times":1}'


def test_an_empty_journal_is_whole(app: Flask) -> None:
    assert broken() is None


@pytest.mark.parametrize(
    ("statement", "line"),
    [
        ("UPDATE event SET payload = '{}' WHERE id = 3", 3),
        ("UPDATE event SET name = 'Other' WHERE id = 2", 2),
        ("UPDATE event SET at = '2020-01-01 00:00:00' WHERE id = 4", 4),
        ("UPDATE event SET version = 9 WHERE id = 1", 1),
        ("DELETE FROM event WHERE id = 2", 3),
        ("DELETE FROM event WHERE id = 5", 5),
        ("UPDATE event SET id = 9 WHERE id = 5", 9),
        ("UPDATE chain_head SET digest = 'x'", 6),
    ],
)
def test_tampering_is_seen_at_its_line(journal: None, statement: str, line: int) -> None:
    force(statement)
    assert broken() == line


def test_two_lines_swapped_are_seen(journal: None) -> None:
    for old, new in ((2, 99), (3, 2), (99, 3)):
        force("UPDATE event SET id = :new WHERE id = :old", old=old, new=new)
    assert broken() == 2


def test_the_head_names_the_last_line(journal: None) -> None:
    head = db.session.get_one(ChainHead, 1)
    last = db.session.get_one(EventRow, 5)
    assert (head.event_id, head.digest) == (5, last.digest)


def test_a_payload_is_written_in_one_way_only() -> None:
    noon = datetime(2026, 3, 1, 12, tzinfo=UTC)
    assert canonical({"b": noon, "a": "é"}) == '{"a":"é","b":"2026-03-01T12:00:00+00:00"}'
    with pytest.raises(TypeError):
        canonical({"a": object()})


def test_every_record_refuses_to_be_changed(app: Flask) -> None:
    """Whatever the code does, the database itself refuses UPDATE and DELETE on a record."""
    assert {"event", "open_ballot", "decision", "revision"} <= set(RECORDS)
    for table in sorted(RECORDS):
        names = trigger_names(table)
        assert {f"{table}_no_update", f"{table}_no_delete"} <= names, table


def trigger_names(table: str) -> set[str]:
    is_sqlite = db.engine.dialect.name == "sqlite"
    query = (
        "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = :table"
        if is_sqlite
        else "SELECT tgname FROM pg_trigger JOIN pg_class ON tgrelid = pg_class.oid "
        "WHERE relname = :table"
    )
    found = set(db.session.execute(text(query), {"table": table}).scalars())
    db.session.rollback()
    return found


@pytest.mark.parametrize("verb", ["update", "delete"])
@pytest.mark.parametrize("table", sorted(RECORDS))
def test_a_row_of_a_record_stays_as_it_is(app: Flask, table: str, verb: str) -> None:
    """A row is put in without its relations, then attacked through the triggers."""
    with db.engine.connect() as connection:
        relax(connection, table)
        columns = inspect(connection).get_columns(table)
        if table == "sealed_ballot":
            put(connection, "poll", inspect(connection).get_columns("poll"), {"state": "open"})
        put(connection, table, columns, {})
        if connection.dialect.name == "postgresql":
            connection.exec_driver_sql("SET LOCAL session_replication_role = DEFAULT")
        first = columns[0]["name"]
        statement = (
            f"UPDATE {table} SET {first} = {first}" if verb == "update" else f"DELETE FROM {table}"
        )
        with pytest.raises(DatabaseError, match="is a record"):
            connection.exec_driver_sql(statement)
        connection.rollback()


def relax(connection: Connection, table: str) -> None:
    """Let a row in that no command would write: no foreign keys, no checks. Rolled back later."""
    if connection.dialect.name == "sqlite":
        # Inside a transaction these two would change nothing.
        driver = connection.connection.driver_connection
        assert driver is not None
        driver.execute("PRAGMA foreign_keys=OFF")
        driver.execute("PRAGMA ignore_check_constraints=ON")
        return
    connection.exec_driver_sql("SET LOCAL session_replication_role = replica")
    for name in {table, "poll"} if table == "sealed_ballot" else {table}:
        for check in inspect(connection).get_check_constraints(name):
            connection.exec_driver_sql(f"ALTER TABLE {name} DROP CONSTRAINT {check['name']}")


def put(connection: Connection, table: str, columns: list, given: dict[str, object]) -> None:  # type: ignore[type-arg]
    """Insert one row of plausible values."""
    values = {column["name"]: plausible(column) for column in columns} | given
    names = ", ".join(values)
    marks = ", ".join(f":{name}" for name in values)
    connection.execute(text(f"INSERT INTO {table} ({names}) VALUES ({marks})"), values)


def plausible(column: dict) -> object:  # type: ignore[type-arg]
    kind = str(column["type"]).upper()
    for word, value in (
        ("INT", 1),
        ("BOOL", False),
        ("TIMESTAMP", "2026-03-01 12:00:00"),
        ("DATETIME", "2026-03-01 12:00:00"),
        ("DATE", "2026-03-01"),
        ("BYTEA", b"x"),
        ("BLOB", b"x"),
    ):
        if word in kind:
            return value
    return "x"


def test_a_record_is_named_by_its_table() -> None:
    statements = core_db.record_statements("thing", "sqlite")
    assert len(statements) == 2
    assert "BEFORE UPDATE ON thing" in statements[0]
    assert len(core_db.record_statements("thing", "postgresql")) == 4
