"""Run the migrations: a whole upgrade is one transaction, on SQLite and on PostgreSQL."""

from __future__ import annotations

from typing import Any, Literal

from alembic import context
from flask import current_app
from sqlalchemy import Connection

from intranet.core.db import WRITE, Base, Instant, db


def render(kind: str, item: Any, _context: object) -> str | Literal[False]:
    """Write an instant as the plain column it is: a migration does not import the product."""
    return "sa.DateTime(timezone=True)" if kind == "type" and isinstance(item, Instant) else False


def migrate(connection: Connection) -> None:
    """Run the wanted revisions on this connection."""
    context.configure(
        connection=connection,
        target_metadata=Base.metadata,
        transactional_ddl=True,
        render_item=render,
        **current_app.extensions["migrate"].configure_args,
    )
    with context.begin_transaction():
        context.run_migrations()


def run() -> None:
    """Migrate with foreign keys unwatched: SQLite changes a table by making it again."""
    with db.engine.connect().execution_options(**{WRITE: True}) as connection:
        is_sqlite = connection.dialect.name == "sqlite"
        raw = connection.connection.dbapi_connection
        assert raw is not None  # noqa: S101
        if is_sqlite:
            raw.execute("PRAGMA foreign_keys=OFF")  # type: ignore[attr-defined]
        migrate(connection)
        if is_sqlite:
            raw.execute("PRAGMA foreign_keys=ON")  # type: ignore[attr-defined]


run()
