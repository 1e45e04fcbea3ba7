"""Whether the database keeps what it acknowledged, even when the power goes."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import text
from sqlalchemy.orm import Session

# PRAGMA synchronous answers a number; 2 and 3 sync after every commit (sqlite.org/pragma.html).
SYNCHRONOUS = {0: "OFF", 1: "NORMAL", 2: "FULL", 3: "EXTRA"}


@dataclass(frozen=True)
class Durability:
    """The settings of the database that decide it, by name, and the verdict over them."""

    database: str
    settings: Mapping[str, str]
    is_safe: bool


def durability(session: Session) -> Durability:
    """The settings of the database behind a session, as the database itself tells them."""
    dialect = session.get_bind().dialect
    if dialect.name == "sqlite":
        return _sqlite(session)
    values = {name: _told(session, f"SHOW {name}") for name in ("synchronous_commit", "fsync")}
    safe = values["fsync"] == "on" and values["synchronous_commit"] != "off"
    return Durability(f"PostgreSQL {_told(session, 'SHOW server_version')}", values, safe)


def _sqlite(session: Session) -> Durability:
    journal = _told(session, "PRAGMA journal_mode").lower()
    synchronous = SYNCHRONOUS[int(_told(session, "PRAGMA synchronous"))]
    foreign_keys = "on" if _told(session, "PRAGMA foreign_keys") == "1" else "off"
    values = {"journal_mode": journal, "synchronous": synchronous, "foreign_keys": foreign_keys}
    safe = journal == "wal" and synchronous in {"FULL", "EXTRA"} and foreign_keys == "on"
    return Durability(f"SQLite {_told(session, 'SELECT sqlite_version()')}", values, safe)


def _told(session: Session, question: str) -> str:
    return str(session.execute(text(question)).scalar_one())


def keep_name(path: Path) -> None:
    """Make the name of a new file outlast a power cut, by syncing its folder."""
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
