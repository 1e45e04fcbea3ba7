"""The console script on the instance of a test, as a member of the technical team calls it."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from intranet.cli import group


class Console:
    """Calls commands on one instance folder, in this process."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, instance: Path) -> None:
        self._monkeypatch = monkeypatch
        for name in ("DATABASE_URL", "INTRANET_DATABASE_URL"):
            monkeypatch.delenv(name, raising=False)
        self.use(instance)

    def use(self, instance: Path) -> None:
        """Call the next commands on this folder."""
        self._monkeypatch.setenv("INTRANET_INSTANCE", str(instance))

    def call(self, *words: object, code: int = 0) -> Result:
        """Call a command that must end with this code."""
        done = CliRunner().invoke(group, [str(word) for word in words], prog_name="intranet")
        assert done.exit_code == code, (done.output, done.exception)
        return done
