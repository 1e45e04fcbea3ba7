"""Settings come from one place each, and unsafe ones stop the start."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from intranet import config
from intranet.config import UnsafeSettings

KEY = "k" * 32


@pytest.fixture(autouse=True)
def no_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing of the machine's own environment."""
    for name in ("INTRANET_SECRET_KEY", "INTRANET_HTTPS", "DATABASE_URL", "INTRANET_DEVELOPMENT"):
        monkeypatch.delenv(name, raising=False)


def test_the_environment_wins_over_the_file_and_the_file_over_the_default(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert config.load(tmp_path).max_upload_megabytes == 2
    (tmp_path / "config.py").write_text("MAX_UPLOAD_MEGABYTES = 5\nHTTPS = True\n")
    assert config.load(tmp_path).max_upload_megabytes == 5
    monkeypatch.setenv("INTRANET_MAX_UPLOAD_MEGABYTES", "7")
    settings = config.load(tmp_path)
    assert settings.max_upload_megabytes == 7
    assert settings.https is True


def test_a_secret_key_is_made_once_and_kept_private(tmp_path: Path) -> None:
    instance = tmp_path / "instance"
    first = config.load(instance).secret_key
    assert len(first) >= 48
    assert config.load(instance).secret_key == first
    assert stat.S_IMODE((instance / "secret-key").stat().st_mode) == 0o600
    assert stat.S_IMODE(instance.stat().st_mode) == 0o700


@pytest.mark.parametrize(
    ("values", "named"),
    [
        ({"secret_key": "short"}, "SECRET_KEY"),
        ({"secret_key": ""}, "SECRET_KEY"),
        ({"secret_key": KEY, "development": True, "https": True}, "DEVELOPMENT"),
        ({"secret_key": KEY, "search_backend": "grep"}, "one of whoosh, fts5, postgres"),
        ({"secret_key": KEY, "search_backend": "postgres"}, "needs PostgreSQL"),
        (
            {"secret_key": KEY, "search_backend": "fts5", "database_url": "postgresql+psycopg://x"},
            "needs SQLite",
        ),
    ],
)
def test_unsafe_values_stop_the_start(
    tmp_path: Path, values: dict[str, object], named: str
) -> None:
    with pytest.raises(UnsafeSettings, match=named):
        config.load(tmp_path, values)


def test_the_database_lies_in_the_instance_unless_said_otherwise(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert config.load(tmp_path).database == f"sqlite:///{tmp_path / 'intranet.db'}"
    monkeypatch.setenv("DATABASE_URL", "postgresql+psycopg://somewhere/else")
    assert config.load(tmp_path).database == "postgresql+psycopg://somewhere/else"


def test_host_names_are_a_list(tmp_path: Path) -> None:
    assert config.load(tmp_path).hosts is None
    named = config.load(tmp_path, {"trusted_hosts": "intranet.example www.example"})
    assert named.hosts == ["intranet.example", "www.example"]


@pytest.mark.parametrize("value", ["1", "true", "TRUE", "yes"])
def test_switches_are_read_as_words(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, value: str
) -> None:
    monkeypatch.setenv("INTRANET_HTTPS", value)
    assert config.load(tmp_path).https is True
