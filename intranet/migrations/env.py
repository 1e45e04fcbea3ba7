"""Run the migrations: a whole upgrade is one transaction, on SQLite and on PostgreSQL."""

from __future__ import annotations

from typing import Any, Literal

from alembic import context
from alembic.autogenerate import renderers
from alembic.operations import MigrateOperation, Operations
from alembic.operations.ops import CreateTableOp, MigrationScript, UpgradeOps
from flask import current_app
from sqlalchemy import Connection

from intranet.core.db import RECORDS, WRITE, Base, Instant, db, record_statements


@Operations.register_operation("append_only")
class AppendOnly(MigrateOperation):
    """The operation `op.append_only(table, keep_when, emptied)`: make a table a record."""

    def __init__(self, table: str, keep_when: str, emptied: str = "") -> None:
        self.table = table
        self.keep_when = keep_when
        self.emptied = emptied

    @classmethod
    def append_only(
        cls, operations: Operations, table: str, keep_when: str, emptied: str = ""
    ) -> None:
        """Have the database refuse updates and deletes, as `core.db.append_only` says."""
        operations.invoke(cls(table, keep_when, emptied))


@Operations.implementation_for(AppendOnly)
def install(operations: Operations, operation: AppendOnly) -> None:
    """Install the triggers of one record."""
    dialect = operations.get_bind().dialect.name
    record = (operation.table, dialect, operation.keep_when, operation.emptied)
    for statement in record_statements(*record):
        operations.get_bind().exec_driver_sql(statement)


@renderers.dispatch_for(AppendOnly)
def written(_context: object, operation: AppendOnly) -> str:
    """The operation as it is written in a migration."""
    return f"op.append_only({operation.table!r}, {operation.keep_when!r})"


def complete(_context: object, _revision: object, directives: list[MigrationScript]) -> None:
    """Add to a new migration the triggers of the records it makes; write none without a change."""
    changes = directives[0].upgrade_ops
    assert isinstance(changes, UpgradeOps)  # noqa: S101
    made = [item.table_name for item in changes.ops if isinstance(item, CreateTableOp)]
    changes.ops.extend(AppendOnly(name, RECORDS[name]) for name in made if name in RECORDS)
    if changes.is_empty():
        directives.clear()


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
        process_revision_directives=complete,
        **current_app.extensions["migrate"].configure_args,
    )
    with context.begin_transaction():
        context.run_migrations()


def run() -> None:
    """Migrate with foreign keys unwatched: SQLite changes a table by making it again."""
    with db.engine.connect().execution_options(**{WRITE: True}) as connection:
        is_sqlite = connection.dialect.name == "sqlite"
        raw: Any = connection.connection.dbapi_connection
        if is_sqlite:
            raw.execute("PRAGMA foreign_keys=OFF")
        migrate(connection)
        if is_sqlite:
            raw.execute("PRAGMA foreign_keys=ON")


run()
