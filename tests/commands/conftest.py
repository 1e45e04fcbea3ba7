"""A small cooperative with a memory, on SQLite, and a console beside it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from flask import Flask

from intranet.core.db import db
from tests.cast import Cast, acting, arrive
from tests.commands.console import Console
from tests.conftest import Shared, build
from tests.proposals import stage as stages
from tests.proposals.stage import Stage
from tests.wiki.writing import write


@dataclass(frozen=True)
class Memory:
    """What happened before the test: an amendment adopted, a secret vote counted, one under way."""

    cast: Cast
    stage: Stage
    amendment: int
    secret: int
    draft: int


@pytest.fixture
def app(sqlite_application: Shared, empty_database: Path) -> Iterator[Flask]:
    """The application on a SQLite file: backups and recounts are about files."""
    with sqlite_application.for_a_test(empty_database) as app:
        yield app


def a_secret_vote(stage: Stage, people: tuple[int, ...]) -> int:
    """A resolution decided in secret; gives its number."""
    proposal_id = stages.a_resolution(stage, stage.secret)
    poll_id = stages.open_it(stage, proposal_id)
    for person in people:
        stages.cast_one(poll_id, person, "for")
    stages.end(poll_id)
    stages.conclude(proposal_id)
    return proposal_id


def happen() -> Memory:
    """Let the past happen, in the database of the application at hand."""
    cast = arrive()
    stage = stages.set_up(cast)
    stages.few_vote_in_secret()
    write(cast.amel, "=Formule", "---\ntitle: =Formule\ntags: [a]\n---\n\nUn texte.  \n")
    write(cast.amel, "Réservé aux associé·es", "Un secret de maison.", audience="members")
    amendment = stages.an_amendment(stage)
    stages.decide(stage, amendment)
    secret = a_secret_vote(stage, cast.members)
    stages.open_it(stage, stages.a_resolution(stage))
    with acting(cast.bruno) as tx:
        draft = stages.service.draft(
            tx,
            stages.NewProposal(
                "resolution", stages.Wording("Mon brouillon", "", "Pas encore."), stage.absolute
            ),
        )
    return Memory(cast, stage, amendment, secret, draft)


@dataclass(frozen=True)
class Past:
    """An instance folder in which everything has happened already, to be copied."""

    instance: Path
    memory: Memory


@pytest.fixture(scope="session")
def past(tmp_path_factory: pytest.TempPathFactory, empty_database: Path) -> Past:
    """The past, lived through once by this process."""
    instance = tmp_path_factory.mktemp("past")
    shutil.copy(empty_database, instance / "intranet.db")
    app = build(instance)
    with app.app_context():
        memory = happen()
        db.session.remove()
        db.engine.dispose()
    return Past(instance, memory)


@pytest.fixture
def memory(past: Past, app: Flask) -> Memory:
    """A cooperative with a past."""
    shutil.copytree(past.instance, app.instance_path, dirs_exist_ok=True)
    return past.memory


@pytest.fixture
def console(monkeypatch: pytest.MonkeyPatch, app: Flask) -> Console:
    """The console of the instance."""
    return Console(monkeypatch, Path(app.instance_path))
