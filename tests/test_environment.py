"""A missing tool never passes for a success."""

from __future__ import annotations

import psycopg
import pytest

from tests.environment import missing, require_chromium


def test_a_missing_tool_is_skipped_by_name_on_a_users_machine(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delenv("CI", raising=False)
    monkeypatch.setattr("tests.environment.CHROMIUM_NAMES", ())
    monkeypatch.delenv("CHROMIUM", raising=False)
    with pytest.raises(pytest.skip.Exception, match="Chromium is missing"):
        require_chromium()


def test_a_missing_tool_fails_in_continuous_integration(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CI", "true")
    with pytest.raises(pytest.fail.Exception, match="PostgreSQL is missing"):
        missing("PostgreSQL is missing")


@pytest.mark.postgres
@pytest.mark.parametrize("turn", ["first", "second"])
def test_each_test_finds_an_empty_postgresql(empty_postgres_url: str, turn: str) -> None:
    with psycopg.connect(empty_postgres_url.replace("+psycopg", "")) as connection:
        connection.execute("CREATE TABLE note (words text)")
        assert connection.execute("SELECT count(*) FROM note").fetchone() == (0,)
