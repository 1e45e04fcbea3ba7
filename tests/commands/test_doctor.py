"""The doctor sees what is wrong and says what to do."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from intranet import create_app
from intranet.commands import doctor
from intranet.core import heartbeat
from intranet.core.db import db
from intranet.core.events import Delivery, EventRow
from intranet.core.transaction import transaction
from intranet.members import effects
from tests.cast import arrive
from tests.served import ready_instance


@pytest.fixture
def instance(tmp_path: Path, empty_database: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A healthy instance whose worker is alive."""
    monkeypatch.setenv("INTRANET_INSTANCE", str(tmp_path))
    monkeypatch.delenv("DATABASE_URL", raising=False)
    app = ready_instance(tmp_path, empty_database)
    with app.app_context():
        arrive()
        with transaction(None) as tx:
            effects.add_body(tx, "X", "X", "", [])
        db.session.remove()
        db.engine.dispose()
    heartbeat.beat(tmp_path)
    return tmp_path


def look() -> Result:
    return CliRunner().invoke(doctor.command)


def change(instance: Path, *statements: str) -> None:
    app = create_app(instance)
    with app.app_context():
        with db.engine.begin() as connection:
            for statement in statements:
                connection.exec_driver_sql(statement)
        db.engine.dispose()


def test_a_healthy_instance_is_called_so(instance: Path) -> None:
    result = look()
    assert result.exit_code == 0, result.output
    assert "WRONG" not in result.output
    assert "synchronous FULL" in result.output


def test_a_worker_that_stopped_is_seen(instance: Path) -> None:
    (instance / heartbeat.FILE).unlink()
    result = look()
    assert result.exit_code == 1
    assert "WRONG  worker" in result.output


def test_a_delivery_that_was_given_up_is_named_with_its_reason(instance: Path) -> None:
    app = create_app(instance)
    with app.app_context():
        with transaction(None) as tx:
            number = tx.session.query(EventRow).one().id
            given_up = Delivery(
                event_id=number,
                consumer="index",
                due_at=tx.now,
                attempts=10,
                last_error="disk full",
            )
            tx.session.add(given_up)
        db.session.remove()
        db.engine.dispose()
    result = look()
    assert result.exit_code == 1
    assert "index, event 1: disk full" in result.output


def test_a_journal_that_was_changed_is_seen(instance: Path) -> None:
    change(instance, "DROP TRIGGER event_no_update", "UPDATE event SET payload = '{}'")
    result = look()
    assert result.exit_code == 1
    assert "WRONG  journal: broken at line 1" in result.output


def test_a_database_that_is_behind_is_seen(instance: Path) -> None:
    change(instance, "DELETE FROM alembic_version")
    result = look()
    assert result.exit_code == 1
    assert "WRONG  tables" in result.output


def test_unsafe_settings_are_seen(instance: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("INTRANET_SECRET_KEY", "short")
    result = look()
    assert result.exit_code == 1
    assert "WRONG  settings" in result.output


def test_a_database_that_does_not_answer_is_seen(
    instance: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("INTRANET_DATABASE_URL", f"sqlite:///{instance / 'nowhere' / 'x.db'}")
    result = look()
    assert result.exit_code == 1
    assert "WRONG  database: does not answer" in result.output
