"""A SQLite file that is in nobody's use: copied from the living one, and looked through."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from sqlalchemy import Engine, create_engine, func, inspect, select
from sqlalchemy.orm import Session

from intranet import migrate
from intranet.backups.manifest import BadBackup
from intranet.core import journal
from intranet.core.events import first_broken_link
from intranet.core.journal import Head
from intranet.core.stored_files import Stored
from intranet.files.models import Attachment
from intranet.polls.models import Poll, PollState

PAGES = 2000


def copy_living(source: Path, target: Path, told: Callable[[int, int], None]) -> None:
    """Copy a database while others read and write; the copy shows one moment.

    `told` is called with the pages still to come and all pages. The copy has no log beside it.
    """
    with closing(sqlite3.connect(source)) as old, closing(sqlite3.connect(target)) as new:
        # One reading transaction holds the moment: the copy never begins anew under writers.
        old.execute("PRAGMA busy_timeout=10000")
        old.execute("BEGIN")
        old.execute("SELECT count(*) FROM sqlite_master").fetchone()
        old.backup(new, pages=PAGES, progress=lambda _status, left, pages: told(left, pages))
        new.execute("PRAGMA journal_mode=DELETE")


@contextmanager
def _looking(path: Path) -> Iterator[Session]:
    engine = create_engine(f"sqlite:///{path}")
    try:
        with Session(engine) as session:
            yield session
    finally:
        engine.dispose()


def check(path: Path) -> Head:
    """The last line of the journal of a database that is whole. Raises BadBackup, and
    migrate.DatabaseTooNew for one that was written by a newer version."""
    with closing(sqlite3.connect(path)) as connection:
        try:
            found = [row[0] for row in connection.execute("PRAGMA integrity_check")]
            strays = connection.execute("PRAGMA foreign_key_check").fetchone()
        except sqlite3.DatabaseError as error:
            raise BadBackup(f"its database cannot be read: {error}") from error
    if found != ["ok"]:
        raise BadBackup(f"its database is damaged: {found[0]}")
    if strays is not None:
        raise BadBackup(f"its database is damaged: table {strays[0]} names rows that are missing")
    with _looking(path) as session:
        engine = session.get_bind()
        assert isinstance(engine, Engine)  # noqa: S101
        migrate.is_up_to_date(engine)
        broken = first_broken_link(session)
        if broken is not None:
            raise BadBackup(f"line {broken} of its journal does not fit the one before it")
        return journal.head(session)


def files_used(path: Path) -> list[Stored]:
    """The files that the rows of a database name; none in one from before there were files."""
    query = select(Attachment.digest, Attachment.bytes).distinct().order_by(Attachment.digest)
    with _looking(path) as session:
        if not inspect(session.get_bind()).has_table(Attachment.__tablename__):
            return []
        return [Stored(*row) for row in session.execute(query)]


def open_secret_polls(path: Path) -> int:
    """How many secret votes were under way."""
    query = select(func.count()).select_from(Poll).where(Poll.secret, Poll.state == PollState.OPEN)
    with _looking(path) as session:
        return session.scalar(query) or 0
