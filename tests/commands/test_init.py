"""An instance is set up from the console."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from intranet import create_app
from intranet.auth.models import Account
from intranet.commands.init import command
from intranet.core.db import db
from intranet.founding import example
from intranet.members import queries


@pytest.fixture
def instance(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An instance folder that does not exist yet."""
    folder = tmp_path / "instance"
    monkeypatch.setenv("INTRANET_INSTANCE", str(folder))
    monkeypatch.delenv("DATABASE_URL", raising=False)
    return folder


def init(
    *more: str, password: str = "tilleul rabot rayon", email: str = "amel@example.org"
) -> Result:
    words = ["--name", "Rabots & Rayons", "--email", email, "--password-stdin", *more]
    return CliRunner().invoke(command, words, input=password + "\n")


def test_an_instance_is_set_up_without_a_browser(instance: Path) -> None:
    result = init("--person", "Amel Benali", "--locale", "en")
    assert result.exit_code == 0, result.output
    app = create_app(instance)
    with app.app_context():
        card = queries.cooperative(db.session())
        account = db.session.query(Account).one()
        assert (card.name, card.locale) == ("Rabots & Rayons", "en")
        assert account.person.name == "Amel Benali"
        assert account.is_administrator
        db.session.remove()
        db.engine.dispose()


def test_a_second_time_ends_with_code_2_and_a_sentence(instance: Path) -> None:
    assert init().exit_code == 0
    result = init(email="other@example.org")
    assert result.exit_code == 2
    assert "set up already" in result.output


@pytest.mark.parametrize(
    ("password", "email", "named"),
    [("court", "amel@example.org", "password"), ("tilleul rabot rayon", "amel", "email")],
)
def test_a_wrong_answer_ends_with_code_2_and_names_it(
    instance: Path, password: str, email: str, named: str
) -> None:
    result = init(password=password, email=email)
    assert result.exit_code == 2
    assert f"{named}:" in result.output
    assert init().exit_code == 0


def test_the_example_is_refused_where_there_is_none(
    instance: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(example, "IS_AVAILABLE", False)
    assert init("--example").exit_code == 2
    assert not instance.exists()
