"""States of the database that many tests begin with: made once by a process, then laid again.

The tests make them with the product's own commands, which takes much longer than copying rows.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from pathlib import Path
from typing import Any, ParamSpec, TypeVar
from zoneinfo import ZoneInfo

from flask import current_app
from sqlalchemy import Connection, text
from time_machine import escape_hatch

from intranet.core import clock
from intranet.core.db import Base, db

P = ParamSpec("P")
R = TypeVar("R")
PARIS = ZoneInfo("Europe/Paris")


@dataclass(frozen=True)
class State:
    """What a function answered, and the database it left: a copy, or the commands that write it."""

    answer: Any
    database: sqlite3.Connection | str


_KEPT: dict[tuple[str, ...], State] = {}


def remembered(make: Callable[P, R]) -> Callable[P, R]:
    """Run a function that only writes into the database once for each state that it begins with.

    Where that state comes again, on the same day, what the function left is laid and its answer
    given. Under a clock that a test has set, the function is run each time.
    """

    @wraps(make)
    def lay_or_make(*args: P.args, **kwargs: P.kwargs) -> R:
        if escape_hatch.is_travelling():
            return make(*args, **kwargs)
        db.session.rollback()
        today = str(clock.now().astimezone(PARIS).date())
        with db.engine.connect() as connection:
            filled = _filled(connection)
            key = (make.__name__, repr((args, kwargs)), today, _mark(connection, filled))
        kept = _KEPT.get(key)
        if kept is None:
            before = _files()
            answer = make(*args, **kwargs)
            if _files() == before:
                _KEPT[key] = State(answer, _copy())
            return answer
        _lay(kept.database, filled)
        answered: R = kept.answer
        return answered

    return lay_or_make


def filled_tables() -> list[str]:
    """The tables of the product that have rows."""
    with db.engine.connect() as connection:
        return _filled(connection)


def _filled(connection: Connection) -> list[str]:
    names = [table.name for table in Base.metadata.sorted_tables]
    asked = " UNION ALL ".join(
        f"SELECT '{name}' WHERE EXISTS (SELECT 1 FROM \"{name}\")" for name in names
    )
    return [row[0] for row in connection.execute(text(asked))]


def _mark(connection: Connection, filled: list[str]) -> str:
    """A digest of every row of these tables, and of the kind of database."""
    made = hashlib.sha256(connection.dialect.name.encode())
    for name in filled:
        rows = connection.exec_driver_sql(f'SELECT * FROM "{name}"').fetchall()
        made.update(name.encode() + repr(sorted(map(repr, rows))).encode())
    return made.hexdigest()


def _files() -> set[Path]:
    """The files of the instance, without those of the database."""
    folder = Path(current_app.instance_path)
    return {path for path in folder.rglob("*") if not path.name.startswith("intranet.db")}


def _copy() -> sqlite3.Connection | str:
    db.session.rollback()
    if db.engine.dialect.name == "sqlite":
        memory = sqlite3.connect(":memory:", check_same_thread=False)
        with sqlite3.connect(str(db.engine.url.database)) as file:
            file.backup(memory)
        file.close()
        return memory
    with db.engine.connect() as connection:
        return "; ".join([*_inserts(connection), *_sequences(connection)])


def _inserts(connection: Connection) -> list[str]:
    """Commands that write every row again, as text that PostgreSQL reads back to the letter."""
    commands = []
    for name in _filled(connection):
        asked = f'SELECT row_to_json("{name}")::text FROM "{name}"'
        rows = [json.loads(row[0]) for row in connection.exec_driver_sql(asked)]
        told = json.dumps(rows, ensure_ascii=False).replace("'", "''")
        commands.append(
            f'INSERT INTO "{name}" SELECT * '
            f"FROM json_populate_recordset(NULL::\"{name}\", '{told}')"
        )
    return commands


def _sequences(connection: Connection) -> list[str]:
    asked = "SELECT sequencename, last_value FROM pg_sequences WHERE last_value IS NOT NULL"
    rows = connection.exec_driver_sql(asked)
    return [f"SELECT setval('{name}', {number})" for name, number in rows]


def _lay(database: sqlite3.Connection | str, filled: list[str]) -> None:
    """Put the kept state in the place of the present one."""
    db.session.rollback()
    if isinstance(database, sqlite3.Connection):
        db.engine.dispose()
        with sqlite3.connect(str(db.engine.url.database)) as file:
            database.backup(file)
        file.close()
        return
    # As a replica, since records refuse a DELETE.
    deletes = [f'DELETE FROM "{name}"' for name in filled]
    script = "; ".join(["SET LOCAL session_replication_role = replica", *deletes, database])
    with db.engine.begin() as connection, connection.connection.cursor() as cursor:
        cursor.execute(script)
