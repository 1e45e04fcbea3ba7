"""A text of a past day leads to the texts of that day."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from flask.testing import FlaskClient

from intranet.core import clock
from intranet.wiki import service
from intranet.wiki.past.days import links_on
from tests.cast import Cast, acting
from tests.wiki.writing import head_id, page_id, revise, write

DAY = date(2026, 3, 12)


def test_links_to_pages_get_the_day_and_others_stay() -> None:
    html = (
        '<a href="/wiki/vie">a</a><a class="x" href="/wiki/vie#repas">b</a>'
        '<a href="/wiki/new?title=X">c</a><a href="/decisions/AG-1">d</a>'
        '<a href="/wiki/changes">e</a> href="/wiki/texte"'
    )
    assert links_on(html, DAY) == (
        '<a href="/wiki/vie?on=2026-03-12">a</a><a class="x" href="/wiki/vie?on=2026-03-12#repas">b'
        '</a><a href="/wiki/new?title=X">c</a><a href="/decisions/AG-1">d</a>'
        '<a href="/wiki/changes">e</a> href="/wiki/texte"'
    )


def test_an_ordinary_page_of_a_past_day_leads_to_pages_of_that_day(
    client: FlaskClient, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = clock.now()
    past = now - timedelta(days=10)
    monkeypatch.setattr(clock, "now", lambda: past)
    repas = write(cast.amel, "Repas", "Le mardi.")
    slug = write(cast.amel, "Vie", "Voir [[Repas]].")
    monkeypatch.setattr(clock, "now", lambda: now)
    revise(cast.bruno, slug, "Rien.")
    revise(cast.bruno, repas, "Le jeudi.")
    day = (past + timedelta(days=1)).date().isoformat()
    client.sign_in("esther")
    page = client.get(f"/wiki/{slug}?on={day}").get_data(as_text=True)
    assert f'href="/wiki/repas?on={day}"' in page
    assert "Le mardi." in client.get(f"/wiki/repas?on={day}").get_data(as_text=True)
    number, head = page_id(slug), head_id(slug)
    with acting(cast.amel) as tx:
        service.rename_page(tx, number, "Vie commune", head)
    page = client.get(f"/wiki/vie-commune?on={day}").get_data(as_text=True)
    assert re.search(r"<h1[^>]*>\s*Vie\s*</h1>", page)
    assert re.search(r"[«“]\s?Vie commune\s?[»”]", page)
    slug = "vie-commune"
    today = client.get(f"/wiki/{slug}").get_data(as_text=True)
    assert re.search(r"<h1[^>]*>\s*Vie commune\s*</h1>", today)
    assert 'type="date" name="on"' in today
