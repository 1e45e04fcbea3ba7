"""Making deleted rows disappear from the file of the database, and not only from its tables."""

from __future__ import annotations

import sqlite3

from sqlalchemy import Engine

from intranet.core.turns import turn_to_write

WAIT_MILLISECONDS = 1000


def erase_traces(engine: Engine) -> bool:
    """Rewrite the file and empty its log, so that no deleted row can be read from the disk.

    False while somebody reads: ask again later. Only SQLite needs it; a PostgreSQL server
    overwrites by its own vacuum. Must not be called inside a transaction.
    """
    if engine.dialect.name != "sqlite":
        return True
    with turn_to_write(engine):
        return _erase(engine)


def _erase(engine: Engine) -> bool:
    borrowed = engine.raw_connection()
    try:
        driver: sqlite3.Connection = borrowed.driver_connection  # type: ignore[assignment]
        (usual_wait,) = driver.execute("PRAGMA busy_timeout").fetchone()
        driver.execute(f"PRAGMA busy_timeout={WAIT_MILLISECONDS}")
        try:
            return _rewrite(driver)
        finally:
            driver.execute(f"PRAGMA busy_timeout={usual_wait}")
    finally:
        borrowed.close()


def _rewrite(driver: sqlite3.Connection) -> bool:
    try:
        if not _empty_log(driver):
            return False
        driver.execute("VACUUM")
        return _empty_log(driver)
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode & 0xFF in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
            return False
        raise


def _empty_log(driver: sqlite3.Connection) -> bool:
    """Move everything from the write-ahead log into the file, and cut the log to nothing."""
    busy, _pages, _moved = driver.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    return not busy
