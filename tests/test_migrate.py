"""The database follows the code, never ahead of it, and a copy stays."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from flask import Flask
from sqlalchemy import text

from intranet import migrate
from intranet.core.db import RECORDS, Base, db
from tests.conftest import build

FIRST = '"""First."""\nfrom alembic import op\n\nrevision = "one"\ndown_revision = None\n'
SECOND = '"""Second."""\nfrom alembic import op\n\nrevision: str = "two"\ndown_revision = "one"\n'
STEP = '\n\ndef upgrade():\n    op.execute("CREATE TABLE {0} (words TEXT)")\n'


@pytest.fixture
def two_steps(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Migrations of our own: the product's set-up with a first and a second revision."""
    folder = tmp_path / "migrations"
    (folder / "versions").mkdir(parents=True)
    for name in ("env.py", "alembic.ini"):
        (folder / name).write_text((migrate.MIGRATIONS / name).read_text())
    (folder / "versions" / "first.py").write_text(FIRST + STEP.format("note"))
    monkeypatch.setattr(migrate, "MIGRATIONS", folder)
    return folder


def blank(tmp_path: Path, url: str = "") -> Flask:
    """The application on a database without a table."""
    return build(tmp_path / "blank", url)


def tables(path: Path) -> set[str]:
    """The names of the tables of a SQLite file."""
    with closing(sqlite3.connect(path)) as connection:
        rows = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        return {name for (name,) in rows}


def test_an_empty_database_is_migrated_without_a_copy(tmp_path: Path, two_steps: Path) -> None:
    app = blank(tmp_path)
    assert migrate.upgrade(app) is None
    assert "note" in tables(Path(app.instance_path) / "intranet.db")
    assert not (Path(app.instance_path) / "backups").exists()


def test_a_copy_of_the_former_database_is_kept(tmp_path: Path, two_steps: Path) -> None:
    app = blank(tmp_path)
    migrate.upgrade(app)
    (two_steps / "versions" / "second.py").write_text(SECOND + STEP.format("answer"))
    copy = migrate.upgrade(app)
    assert copy is not None
    assert copy.stat().st_mode & 0o077 == 0
    assert "answer" not in tables(copy)
    assert {"note", "answer"} <= tables(Path(app.instance_path) / "intranet.db")


def test_a_database_at_the_latest_revision_loads_no_migration_tool(
    tmp_path: Path, two_steps: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = blank(tmp_path)
    migrate.upgrade(app)
    monkeypatch.setattr(migrate, "_flask_migrate", lambda: pytest.fail("nothing to migrate"))
    assert migrate.upgrade(app) is None


def test_a_failed_upgrade_leaves_the_database_as_it_was(tmp_path: Path, two_steps: Path) -> None:
    app = blank(tmp_path)
    migrate.upgrade(app)
    broken = SECOND + STEP.format("answer") + '    op.execute("NOT SQL")\n'
    (two_steps / "versions" / "second.py").write_text(broken)
    with pytest.raises(Exception, match="syntax error"):
        migrate.upgrade(app)
    assert "answer" not in tables(Path(app.instance_path) / "intranet.db")


def test_a_database_newer_than_the_code_is_refused(tmp_path: Path, two_steps: Path) -> None:
    app = blank(tmp_path)
    migrate.upgrade(app)
    with app.app_context(), db.engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = 'of tomorrow'"))
    with pytest.raises(migrate.DatabaseTooNew, match="of tomorrow is unknown here"):
        migrate.upgrade(app)


def assert_equal_to_the_models(app: Flask) -> None:
    """Fail unless migrating from nothing gave what the models say, triggers included."""
    migrate.upgrade(app)
    with app.app_context():
        with db.engine.connect() as connection:
            context = MigrationContext.configure(connection)
            assert compare_metadata(context, Base.metadata) == [], "call make migration"
            query = {
                "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger'",
                "postgresql": "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal",
            }[connection.dialect.name]
            found = set(connection.scalars(text(query)))
        db.engine.dispose()
    assert {f"{name}_no_{verb}" for name in RECORDS for verb in ("update", "delete")} <= found


def test_migrating_from_nothing_gives_what_the_models_say(tmp_path: Path) -> None:
    assert_equal_to_the_models(blank(tmp_path))


@pytest.mark.postgres
def test_migrating_from_nothing_gives_the_same_on_postgresql(
    tmp_path: Path, empty_postgres_url: str
) -> None:
    assert_equal_to_the_models(blank(tmp_path, empty_postgres_url))
