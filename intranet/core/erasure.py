"""Making deleted rows disappear from the file of the database, and not only from its tables."""

from __future__ import annotations

import sqlite3

from sqlalchemy import Engine

WAIT_MILLISECONDS = 1000


def erase_traces(engine: Engine) -> bool:
    """Rewrite the file and empty its log, so that no deleted row can be read from the disk.

    False when others are at work: ask again later. Only SQLite needs it; a PostgreSQL server
    overwrites by its own vacuum. Must not be called inside a transaction.
    """
    if engine.dialect.name != "sqlite":
        return True
    connection = engine.raw_connection()
    try:
        cursor = connection.cursor()
        (usual_wait,) = cursor.execute("PRAGMA busy_timeout").fetchone()
        cursor.execute(f"PRAGMA busy_timeout={WAIT_MILLISECONDS}")
        try:
            return _rewrite(cursor)
        finally:
            cursor.execute(f"PRAGMA busy_timeout={usual_wait}")
            cursor.close()
    finally:
        connection.close()


def _rewrite(cursor: sqlite3.Cursor) -> bool:
    try:
        if not _empty_log(cursor):
            return False
        cursor.execute("VACUUM")
        return _empty_log(cursor)
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode & 0xFF in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
            return False
        raise


def _empty_log(cursor: sqlite3.Cursor) -> bool:
    """Move everything from the write-ahead log into the file, and cut the log to nothing."""
    busy, _pages, _moved = cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    return not busy
