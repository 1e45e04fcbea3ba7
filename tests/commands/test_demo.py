"""Whoever wants to look at the product gets the example, and never on top of a real cooperative."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import func, select

from intranet import create_app
from intranet.commands import demo, init
from intranet.core.db import db
from intranet.core.events import EventRow, first_broken_link
from intranet.decisions.models import Decision
from intranet.example import data
from intranet.members.models import Person

PASSWORD = data.read().password


@pytest.fixture
def instance(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An instance folder that does not exist yet."""
    folder = tmp_path / "instance"
    monkeypatch.setenv("INTRANET_INSTANCE", str(folder))
    monkeypatch.delenv("DATABASE_URL", raising=False)
    return folder


def run_demo() -> Result:
    return CliRunner().invoke(demo.command, [])


def found(*more: str) -> Result:
    words = ["--name", "Les Copeaux", "--email", "amel@example.org", "--password-stdin", *more]
    return CliRunner().invoke(init.command, words, input="tilleul rabot rayon\n")


def stored(instance: Path) -> tuple[int, int, int | None]:
    """How many events and decisions there are, and the first broken link of the journal."""
    with create_app(instance).app_context():
        events = db.session.scalar(select(func.count()).select_from(EventRow)) or 0
        decisions = db.session.scalar(select(func.count()).select_from(Decision)) or 0
        broken = first_broken_link(db.session())
        db.session.remove()
        db.engine.dispose()
    return events, decisions, broken


def test_an_empty_instance_gets_the_example_once_and_each_time_the_list(instance: Path) -> None:
    first = run_demo()
    assert first.exit_code == 0, first.output
    assert PASSWORD in first.output
    assert "Odile Sarrazanet        external member           odile@example.org" in first.output
    assert "technical administrator" in first.output
    assert "Bastien" not in first.output
    before = stored(instance)
    second = run_demo()
    assert second.exit_code == 0
    assert "loaded already" in second.output
    assert "odile@example.org" in second.output
    assert stored(instance) == before
    assert not (instance / "setup-token").exists()


def test_a_real_cooperative_is_left_as_it_is(instance: Path) -> None:
    assert found().exit_code == 0
    before = stored(instance)
    refused = run_demo()
    assert refused.exit_code == 2
    assert "INTRANET_INSTANCE" in refused.output
    assert stored(instance) == before


def test_a_cooperative_can_be_founded_with_the_example_in_it(instance: Path) -> None:
    result = found("--example")
    assert result.exit_code == 0, result.output
    assert "Loading the example cooperative" in result.output
    events, decisions, broken = stored(instance)
    example = data.read()
    chosen = [choice for choice in example.choices if choice["closes_days_ago"] > 0]
    alone = [asked for asked in example.advice["asked"] if asked.get("answer")]
    assert (decisions, broken) == (len(example.decisions) + len(chosen) + len(alone), None)
    assert events > decisions
    with create_app(instance).app_context():
        people = db.session.scalar(select(func.count()).select_from(Person))
        assert people == len(example.people) + 1
        db.session.remove()
        db.engine.dispose()
