"""The page of the activity."""

from __future__ import annotations

import pytest
from flask import Flask

from tests.cast import Cast, Client
from tests.proposals import stage as stages
from tests.proposals.stage import set_up
from tests.wiki.writing import write


@pytest.fixture
def page(app: Flask, cast: Cast) -> str:
    app.test_client_class = Client
    stage = set_up(cast)
    stages.decide(stage, stages.an_amendment(stage))
    write(cast.amel, "<b>Le four</b>")
    browser = app.test_client().sign_in("amel")
    answer = browser.get("/audit")
    assert answer.status_code == 200
    return str(answer.get_data(as_text=True))


def test_names_in_sentences_are_links_and_text(page: str) -> None:
    assert '<a href="/wiki/b-le-four-b">&lt;b&gt;Le four&lt;/b&gt;</a>' in page
    assert "<b>Le four" not in page
    assert 'href="/proposals/1"' in page
    assert 'href="/decisions/AG-2' in page


def test_no_sentence_lacks_its_values(page: str) -> None:
    assert "%(" not in page


def test_the_menu_leads_to_the_activity(app: Flask, cast: Cast) -> None:
    app.test_client_class = Client
    page = app.test_client().sign_in("farid").get("/").get_data(as_text=True)
    assert 'href="/audit"' in page
