"""Bring the database to the version of the code, after keeping a copy of it."""

from __future__ import annotations

import fcntl
import importlib
import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from types import ModuleType

from flask import Flask
from sqlalchemy import Engine, inspect, text

from intranet.app import create_app
from intranet.core.db import db

MIGRATIONS = Path(__file__).parent / "migrations"
COPIES_KEPT = 5
_REVISION = re.compile(r"^revision(?:\s*:[^=]+)?\s*=\s*[\"']([^\"']+)[\"']", re.MULTILINE)
_PARENTS = re.compile(r"^down_revision(?:\s*:[^=]+)?\s*=\s*(.+)$", re.MULTILINE)
_NAME = re.compile(r"[\"']([^\"']+)[\"']")


class DatabaseTooNew(Exception):
    """The database was written by a newer version of the code; the message says what to do."""


def upgrade(app: Flask) -> Path | None:
    """Bring the application's database to the latest revision; do nothing when it is there.

    Before a SQLite database changes, a copy of it is written to `backups/` in the instance folder
    and its path returned; the five latest copies are kept. A PostgreSQL database is copied by its
    own administrator. Raises DatabaseTooNew.
    """
    instance = Path(app.instance_path)
    with app.app_context(), _one_at_a_time(instance):
        current = _current(db.engine)
        if is_latest(current, MIGRATIONS / "versions"):
            return None
        copy = _keep_copy(db.engine, instance / "backups") if current else None
        _with_commands(app)
        _flask_migrate().upgrade()
        db.engine.dispose()
        return copy


def is_up_to_date(engine: Engine) -> bool:
    """Whether a database has the tables of this version of the code. Raises DatabaseTooNew."""
    return is_latest(_current(engine), MIGRATIONS / "versions")


def ready() -> Flask:
    """The application of this instance with its database at the version of the code, for a command.

    Raises DatabaseTooNew, UnsafeSettings, or OSError for a folder that cannot be written.
    """
    app = create_app()
    upgrade(app)
    return app


def is_latest(current: set[str], folder: Path) -> bool:
    """Whether a database at these revisions is at the head of the code's revisions.

    The files are read as text: importing Alembic takes longer than all the rest of a warm start.
    Raises DatabaseTooNew for a revision that the code does not know.
    """
    known, parents = revisions(folder)
    unknown = current - known
    if unknown:
        raise DatabaseTooNew(
            f"The database is newer than this version of the intranet (revision "
            f"{', '.join(sorted(unknown))} is unknown here): install the newer version again, "
            "or restore a backup made with this one."
        )
    return current == known - parents


def development() -> Flask:
    """The application with Flask-Migrate's commands, for whoever writes a migration."""
    return _with_commands(create_app())


def _with_commands(app: Flask) -> Flask:
    _flask_migrate().Migrate(app, db, directory=str(MIGRATIONS), render_as_batch=True)
    return app


def _flask_migrate() -> ModuleType:
    """Flask-Migrate, loaded only by the rare start that has something to migrate."""
    return importlib.import_module("flask_migrate")


def revisions(folder: Path) -> tuple[set[str], set[str]]:
    """The revisions of a folder and, among them, those that another one follows."""
    known: set[str] = set()
    parents: set[str] = set()
    for path in folder.glob("*.py"):
        source = path.read_text(encoding="utf-8")
        known.update(_REVISION.findall(source))
        for value in _PARENTS.findall(source):
            parents.update(_NAME.findall(value))
    return known, parents


def _current(engine: Engine) -> set[str]:
    """The revisions recorded in the database; none when it is empty."""
    with engine.connect() as connection:
        if not inspect(connection).has_table("alembic_version"):
            return set()
        return set(connection.scalars(text("SELECT version_num FROM alembic_version")))


def _keep_copy(engine: Engine, folder: Path) -> Path | None:
    """Copy a SQLite database by its online backup, which is whole even while others write."""
    source = engine.url.database
    if engine.dialect.name != "sqlite" or not source:
        return None
    folder.mkdir(mode=0o700, exist_ok=True)
    copy = folder / f"before-upgrade-{datetime.now(UTC):%Y%m%dT%H%M%S%fZ}.db"
    copy.touch(mode=0o600)
    with closing(sqlite3.connect(source)) as old, closing(sqlite3.connect(copy)) as new:
        old.backup(new)
    for outdated in sorted(folder.glob("before-upgrade-*.db"))[:-COPIES_KEPT]:
        outdated.unlink()
    return copy


@contextmanager
def _one_at_a_time(instance: Path) -> Iterator[None]:
    """Let one process of this machine upgrade; the others wait, then find nothing left to do."""
    with (instance / "upgrade.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
