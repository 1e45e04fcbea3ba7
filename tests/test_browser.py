"""The browser of the tests sees what it should see."""

from __future__ import annotations

import pytest
from flask import Flask, Response

from tests.browser import (
    DESKTOP,
    PHONE,
    LiveServer,
    PageAt,
    Watch,
    assert_fits,
    assert_no_axe_violations,
)

pytestmark = pytest.mark.browser

GOOD = """<!doctype html><html lang="fr"><meta name="viewport" content="width=device-width">
<title>Accueil</title><link rel="icon" href="data:,"><main><h1>Bonjour</h1></main>"""
POOR = """<!doctype html><html lang="fr"><title>Accueil</title><link rel="icon" href="data:,">
<main><h1>Bonjour</h1><img src="data:,"><div style="width:4000px">x</div></main>"""


def site() -> Flask:
    app = Flask("site")

    @app.get("/<name>")
    def page(name: str) -> Response:
        body = POOR if name == "poor" else GOOD
        status = 403 if name == "refused" else 200
        policy = {"Content-Security-Policy": "default-src 'self'; img-src data:"}
        return Response(body, status=status, headers=policy)

    return app


@pytest.mark.parametrize("width", [DESKTOP, PHONE])
def test_a_sound_page_has_no_finding(live_server: LiveServer, page_at: PageAt, width: int) -> None:
    page = page_at(width)
    page.goto(live_server(site()) + "/good")
    assert_fits(page)
    assert_no_axe_violations(page)


def test_a_refusal_is_a_page_and_not_a_problem(live_server: LiveServer, page_at: PageAt) -> None:
    answer = page_at(DESKTOP).goto(live_server(site()) + "/refused")
    assert answer is not None
    assert answer.status == 403


def test_a_poor_page_is_found_out(live_server: LiveServer, page_at: PageAt) -> None:
    page = page_at(DESKTOP)
    poor = page.context.new_page()
    watch = Watch()
    watch.listen(poor)
    poor.goto(live_server(site()) + "/poor")
    assert any("Content Security Policy" in problem for problem in watch.problems)
    with pytest.raises(AssertionError, match="image-alt"):
        assert_no_axe_violations(poor)
