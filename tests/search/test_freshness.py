"""What a member saves is found by the next one almost at once: the real worker, over HTTP."""

from __future__ import annotations

import re
import urllib.request
from collections.abc import Iterator
from http.cookiejar import CookieJar
from pathlib import Path
from urllib.parse import quote, urlencode

import pytest

from intranet.core.db import db
from intranet.serve import ready_app
from intranet.worker import PAUSE_SECONDS
from tests.cast import PASSWORD, arrive
from tests.served import Served, until

PATIENCE = 5.0
"""Seconds: five times the promise, because the machine of a test does other things too."""


class Browser:
    """A person at a browser without JavaScript, signed in."""

    def __init__(self, address: str, email: str) -> None:
        self.address = address
        self._cookies = urllib.request.HTTPCookieProcessor(CookieJar())
        self._opener = urllib.request.build_opener(self._cookies)
        self.submit("/sign-in", "/sign-in", email=email, password=PASSWORD)

    def get(self, path: str, data: bytes | None = None) -> str:
        """The page at a path, after its redirections."""
        with self._opener.open(self.address + path, data, timeout=30) as answer:
            return str(answer.read().decode())

    def submit(self, form: str, path: str, **fields: str) -> str:
        """Fill in the form of one page and send it to a path."""
        token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', self.get(form))
        assert token, form
        return self.get(path, urlencode({**fields, "csrf_token": token[1]}).encode())

    def finds(self, words: str, title: str) -> bool:
        """Whether a search shows a result of this title."""
        return title in re.sub(r"<[^>]+>", "", self.get(f"/search?q={quote(words)}"))


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Served]:
    """Web and worker on a cooperative that has people and no page yet."""
    app = ready_app(tmp_path / "instance")
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
    amel = Browser(f"http://127.0.0.1:{served.port}", "amel@example.org")
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
