"""What a member saves is found by the next one almost at once: the real worker, over HTTP."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest

from intranet.core.db import db
from intranet.worker import PAUSE_SECONDS
from tests.cast import arrive
from tests.served import Browser, Served, ready_instance, until

PATIENCE = 20.0
"""Seconds: many times the promise, because the machine of a test does other things too."""


class Searcher(Browser):
    """Somebody who looks for what was just saved."""

    def finds(self, words: str, title: str) -> bool:
        """Whether a search shows a result of this title."""
        return title in re.sub(r"<[^>]+>", "", self.get(f"/search?q={quote(words)}"))


@pytest.fixture
def served(tmp_path: Path, empty_database: Path) -> Iterator[Served]:
    """Web and worker on a cooperative that has people and no page yet."""
    app = ready_instance(tmp_path / "instance", empty_database)
    with app.app_context():
        arrive()
        db.session.remove()
        db.engine.dispose()
    server = Served(tmp_path / "instance")
    yield server
    if server.process.poll() is None:
        server.process.kill()
        server.process.communicate()


def test_a_saved_page_is_found_at_once_while_the_worker_runs(served: Served) -> None:
    assert PAUSE_SECONDS < 1
    until(lambda: bool(served.health()) and all(served.health().values()))
    amel = Searcher(f"http://127.0.0.1:{served.port}", "amel@example.org")
    assert not amel.finds("tournevis", "Prêt des outils")
    new = {"title": "Prêt des outils", "audience": "workers"}
    amel.submit("/wiki/new", "/wiki/", **new, text="Le tournevis revient au mur le soir.")
    until(lambda: amel.finds("tournevis", "Prêt des outils"), PATIENCE)
    amel.submit(
        "/wiki/pret-des-outils/edit",
        "/wiki/pret-des-outils/revisions",
        base="1",
        text="Le rabot revient au mur le soir.",
    )
    until(lambda: amel.finds("rabot", "Prêt des outils"), PATIENCE)
    assert not amel.finds("tournevis", "Prêt des outils")
