"""Who else is writing on a page: told soon, forgotten soon, and in nobody's way."""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from intranet.core import clock
from intranet.core.db import db
from intranet.core.generation import generation
from intranet.core.policy import Refused
from intranet.wiki.presence import service
from intranet.wiki.presence.models import Presence
from intranet.wiki.presence.queries import LASTS, others
from tests.cast import Cast, acting, as_reader
from tests.wiki.writing import head_id, page_id, rule, source, write

SCRIPT = Path(__file__).parents[3] / "static" / "js" / "presence.js"


def come(person_id: int, page: int) -> None:
    with acting(person_id) as tx:
        service.renew(tx, page)


def names(person_id: int, page: int) -> list[str]:
    return [one.name for one in others(as_reader(person_id), page)]


def test_c5_the_second_to_open_a_page_is_told_at_once_even_without_scripts(
    client: FlaskClient, cast: Cast
) -> None:
    slug = write(cast.amel, "Vie")
    come(cast.amel, page_id(slug))
    client.sign_in("bruno")
    page = client.get(f"/wiki/{slug}/edit").get_data(as_text=True)
    assert "Amel Benali" in page
    assert f'data-presence="/wiki/{slug}/presence"' in page
    assert "Bruno Costa is writing" not in page


def test_c5_the_first_is_told_within_thirty_seconds(client: FlaskClient, cast: Cast) -> None:
    slug = write(cast.amel, "Vie")
    come(cast.bruno, page_id(slug))
    client.sign_in("amel")
    assert "Bruno Costa" in client.submit(f"/wiki/{slug}/presence").get_data(as_text=True)
    every = re.search(r"EVERY = ([\d_]+);", SCRIPT.read_text())
    assert every
    assert int(every[1]) <= 30_000
    assert timedelta(milliseconds=3 * int(every[1])) < LASTS


def test_c5_activity_renews_presence_and_an_abandoned_one_expires(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = page_id(write(cast.amel, "Vie"))
    come(cast.amel, page)
    first = others(as_reader(cast.bruno), page)[0].since
    now = clock.now()
    monkeypatch.setattr(clock, "now", lambda: now + timedelta(seconds=60))
    come(cast.amel, page)
    monkeypatch.setattr(clock, "now", lambda: now + timedelta(seconds=120))
    assert [one.since for one in others(as_reader(cast.bruno), page)] == [first]
    monkeypatch.setattr(clock, "now", lambda: now + timedelta(seconds=60) + LASTS)
    assert names(cast.bruno, page) == []
    come(cast.bruno, page)
    assert [row.person_id for row in db.session.query(Presence)] == [cast.bruno]


def test_c5_presence_blocks_no_save_and_ends_with_it(client: FlaskClient, cast: Cast) -> None:
    slug = write(cast.amel, "Vie", "Un texte.")
    page, head = page_id(slug), head_id(slug)
    come(cast.amel, page)
    come(cast.bruno, page)
    client.sign_in("bruno")
    written = generation(db.session())
    fields = {"text": "Un texte, relu.", "base": str(head), "wish": "save"}
    assert client.submit(f"/wiki/{slug}/revisions", **fields).status_code == 303
    db.session.rollback()
    assert generation(db.session()) > written
    assert source(slug) == "Un texte, relu."
    assert names(cast.chloe, page) == ["Amel Benali"]


def test_a_sign_of_life_makes_no_kept_page_old(cast: Cast) -> None:
    page = page_id(write(cast.amel, "Vie"))
    before = generation(db.session())
    come(cast.amel, page)
    with acting(cast.amel) as tx:
        service.leave(tx, page)
    assert generation(db.session()) == before
    assert names(cast.bruno, page) == []


def test_whoever_is_idle_only_asks(client: FlaskClient, cast: Cast) -> None:
    slug = write(cast.amel, "Vie")
    client.sign_in("amel")
    assert client.submit(f"/wiki/{slug}/presence", idle="1").get_data(as_text=True).strip() == ""
    assert names(cast.bruno, page_id(slug)) == []
    client.submit(f"/wiki/{slug}/presence")
    assert names(cast.bruno, page_id(slug)) == ["Amel Benali"]
    assert client.submit(f"/wiki/{slug}/presence", leaving="1").status_code == 204
    assert names(cast.bruno, page_id(slug)) == []


def test_nobody_is_present_on_a_page_they_may_not_revise(cast: Cast) -> None:
    number = rule("Congés", "Cinq semaines.")
    with acting(cast.amel) as tx, pytest.raises(Refused):
        service.renew(tx, number)
