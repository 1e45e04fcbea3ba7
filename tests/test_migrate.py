"""The database follows the code, never ahead of it, and a copy stays."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from hashlib import sha256
from importlib import import_module
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.operations import Operations
from flask import Flask
from sqlalchemy import select, text

from intranet import migrate
from intranet.audit import objection_checks, poll_checks
from intranet.core.db import RECORDS, WRITE, Base, db
from intranet.core.events import canonical, first_broken_link
from intranet.export.whole import reader_like
from intranet.members.models import Body
from intranet.members.statuses import Audience
from intranet.polls import casting, result_files, service
from intranet.polls.models import OpenBallot, Poll
from intranet.polls.objections.models import Objection, ObjectionEnd
from intranet.polls.procedure_models import Course
from intranet.voting.election import ElectionSettings
from intranet.voting.settings import Settings
from intranet.voting.types import Result
from intranet.wiki.models import Page
from tests.cast import Cast, acting, as_reader
from tests.conftest import build
from tests.polls.balloting import close, define, open_poll, vote
from tests.wiki.writing import rule

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


def test_i3_accents_survive_every_migration_and_a_copy_is_kept(
    tmp_path: Path, two_steps: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = "L’œuvre d’Amélie : «\u00a0ça\u00a0»\u202f? 100\u00a0€, 日本"
    all_steps = Path(migrate.__file__).parent / "migrations"
    (two_steps / "versions" / "first.py").unlink()
    first = "20261122_lay_the_tables.py"
    (two_steps / "versions" / first).write_text((all_steps / "versions" / first).read_text())
    app = blank(tmp_path)
    migrate.upgrade(app)
    file = Path(app.instance_path) / "intranet.db"
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("INSERT INTO text_body (digest, body) VALUES ('d', ?)", (said,))
        connection.commit()
    monkeypatch.setattr(migrate, "MIGRATIONS", all_steps)
    copy = migrate.upgrade(app)
    assert copy is not None
    for path in (file, copy):
        with closing(sqlite3.connect(path)) as connection:
            assert connection.execute("SELECT body FROM text_body").fetchall() == [(said,)]


def test_i4_removing_a_row_never_removes_another() -> None:
    keys = [key for table in Base.metadata.sorted_tables for key in table.foreign_keys]
    assert len(keys) > 50
    assert [f"{key.parent}" for key in keys if key.ondelete not in (None, "RESTRICT")] == []


def test_objections_of_an_older_instance_become_objects(
    app: Flask, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    poll = open_poll(define(cast.assembly, method="consent", settings=Settings()), cast.members)
    amel, bruno, esther = cast.members
    with monkeypatch.context() as older:
        older.setattr(casting, "follow_ballot", lambda *_: None)
        vote(amel, poll, "objection", "Trop cher.")
        vote(bruno, poll, "objection", "Trop lourd.")
        vote(bruno, poll, "consent")
        vote(esther, poll, "consent")
    db.session.rollback()
    step = import_module("intranet.migrations.versions.20261122_raise_objections_of_earlier_votes")
    with db.engine.connect().execution_options(**{WRITE: True}) as connection:
        with Operations.context(MigrationContext.configure(connection)):
            step.upgrade()
        connection.commit()
    objections = list(db.session.scalars(select(Objection).order_by(Objection.id)))
    said = [db.session.get_one(OpenBallot, one.ballot_id).reason for one in objections]
    assert said == ["Trop cher.", "Trop lourd."]
    lifted = [end.objection_id for end in db.session.scalars(select(ObjectionEnd))]
    assert lifted == [objections[1].id]
    assert first_broken_link(db.session) is None
    assert list(objection_checks.recorded(as_reader(amel))) == []
    vote(amel, poll, "consent")
    assert close(poll).result is Result.ADOPTED


def test_a_body_whose_texts_go_on_to_another_stands_below_it(app: Flask, cast: Cast) -> None:
    define(cast.assembly, key="wide")
    define(cast.meeting, key="narrow", course=Course(escalation="wide"))
    with acting(None) as tx:
        tx.session.get_one(Body, cast.meeting).parent_id = None
    older = "SELECT id, parent_id FROM body"
    db.session.rollback()
    step = import_module("intranet.migrations.versions.20261122_name_deciders_and_wider_bodies")
    with db.engine.connect().execution_options(**{WRITE: True}) as connection:
        with Operations.context(MigrationContext.configure(connection)):
            step.place_bodies()
        assert dict(connection.execute(text(older)).all())[cast.meeting] == cast.assembly  # type: ignore[arg-type]
        connection.rollback()


def test_rules_of_an_older_instance_have_the_places_that_the_tree_shows(
    app: Flask, cast: Cast
) -> None:
    first, second, under = (rule(name, "Texte.", f"AG-2024-{name}") for name in "ABC")
    with acting(None) as tx:
        tx.session.get_one(Page, second).position = -1
        tx.session.get_one(Page, under).parent_id = second
    db.session.rollback()
    step = import_module("intranet.migrations.versions.20261122_place_rules_by_decisions")
    with db.engine.connect().execution_options(**{WRITE: True}) as connection:
        connection.execute(text("ALTER TABLE rule_place RENAME TO made_by_decisions"))
        connection.execute(text("CREATE TABLE rule_place AS SELECT * FROM made_by_decisions"))
        connection.execute(text("DELETE FROM rule_place"))
        with Operations.context(MigrationContext.configure(connection)):
            step.place_rules()
        rows = connection.execute(text("SELECT page_id, place, after_id FROM rule_place")).all()
        assert [tuple(row) for row in rows] == [
            (second, "1", None),
            (under, "2", second),
            (first, "3", under),
        ]
        connection.rollback()


FIRST_TABLES, WITH_OPTIONS = "f16132681365", "8d3f60b1c7a4"


def as_it_was(app: Flask, tmp_path: Path, revision: str) -> Flask:
    """An instance of an older version, which holds all that its tables could say of this one."""
    older = blank(tmp_path)
    with older.app_context():
        migrate._with_commands(older)
        migrate._flask_migrate().upgrade(revision=revision)
        db.engine.dispose()
    with closing(sqlite3.connect(Path(older.instance_path) / "intranet.db")) as connection:
        connection.execute("ATTACH ? AS now", [str(Path(app.instance_path) / "intranet.db")])
        query = "SELECT name FROM main.sqlite_master WHERE type = 'table'"
        for (table,) in connection.execute(query).fetchall():
            if table == "alembic_version" or table.startswith("sqlite_"):
                continue
            columns = ", ".join(
                row[0]
                for row in connection.execute(
                    "SELECT name FROM pragma_table_info(?, 'main') INTERSECT "
                    "SELECT name FROM pragma_table_info(?, 'now')",
                    [table, table],
                )
            )
            connection.execute(f"INSERT INTO {table} ({columns}) SELECT {columns} FROM now.{table}")
        connection.commit()
    return older


def told_of_votes() -> dict[int, tuple[object, ...]]:
    """What a database stores of each counted vote, and the hash of its result counted anew."""
    reader = reader_like(Audience.MEMBERS)
    told: dict[int, tuple[object, ...]] = {}
    for poll in db.session.scalars(select(Poll).order_by(Poll.id)):
        again = result_files.recount(reader, poll.id)
        assert again.is_same
        assert again.counted
        counted = canonical(again.counted.to_json())
        digests = (poll.freeze_digest, poll.electorate_digest, poll.ballots_digest)
        told[poll.id] = (poll.result, poll.outcome, sha256(counted.encode()).digest(), *digests)
    return told


@pytest.mark.parametrize("app", ["sqlite"], indirect=True)
@pytest.mark.parametrize("revision", [FIRST_TABLES, WITH_OPTIONS])
def test_t62_an_upgrade_leaves_every_counted_vote_as_it_was_to_the_last_number(
    app: Flask, cast: Cast, tmp_path: Path, revision: str
) -> None:
    said = dict(zip(cast.members, ("for", "against", "for"), strict=True))
    for number, secret in enumerate((False, True), 1):
        way = define(cast.assembly, key=f"way-{number}", secret=secret)
        poll = open_poll(way, cast.members, origin_id=number)
        for person, option in said.items():
            vote(person, poll, option, "Parce que.")
        close(poll)
    if revision == WITH_OPTIONS:
        way = define(cast.assembly, key="ranked", method="schulze", settings=ElectionSettings())
        poll = open_poll(way, cast.members, origin_id=3, candidates=("Four", "Vélo", "Tour"))
        for person in cast.members:
            with acting(person) as tx:
                service.cast_ballot(tx, poll, {"mark.0": "2", "mark.1": "1"})
        close(poll)
    before = told_of_votes()
    db.session.remove()
    older = as_it_was(app, tmp_path, revision)
    assert migrate.upgrade(older) is not None
    with older.app_context():
        assert told_of_votes() == before
        assert len(before) == (2 if revision == FIRST_TABLES else 3)
        reader = reader_like(Audience.MEMBERS)
        assert list(poll_checks.openings(reader)) == []
        # The journal of this version names receipts, for which the first tables had no room.
        assert revision == FIRST_TABLES or list(poll_checks.recounts(reader)) == []
        assert first_broken_link(db.session()) is None
        db.session.remove()
        db.engine.dispose()
