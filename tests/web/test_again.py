"""What answered a browser once answers it again, until anything was written, and nobody else."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import time_machine
from flask import Flask

from intranet.members.statuses import Audience
from intranet.web.again import Again
from intranet.wiki import service
from tests.cast import Cast, Client, acting
from tests.polls.balloting import define, open_poll, vote
from tests.web.test_kept import browser, read, tokens
from tests.wiki.writing import page_id, revise, write

PARIS = ZoneInfo("Europe/Paris")


@pytest.fixture
def asked(app: Flask, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The addresses that the application itself had to answer."""
    front = app.wsgi_app
    assert isinstance(front, Again)
    inside, addresses = front.inside, []

    def counted(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        addresses.append(environ["PATH_INFO"])
        return inside(environ, start_response)

    monkeypatch.setattr(front, "inside", counted)
    return addresses


def settled(app: Flask, name: str) -> Client:
    """A browser that holds its cookie for good: the first form it sees gives it its token."""
    client = browser(app, name)
    client.get("/wiki/")
    return client


@pytest.fixture
def page(cast: Cast) -> str:
    """The address of a page that Amel wrote."""
    write(cast.amel, "Atelier", "Les clefs sont chez Amel Benali.")
    return "/wiki/atelier"


def test_a_page_read_twice_is_made_once(app: Flask, page: str, asked: list[str]) -> None:
    bruno = settled(app, "bruno")
    first = bruno.get(page)
    asked.clear()
    again = bruno.get(page)
    assert asked == []
    assert again.data == first.data
    assert again.headers["Content-Security-Policy"] == first.headers["Content-Security-Policy"]
    assert again.headers["Cache-Control"] == "private, no-cache"


def test_a_browser_that_still_holds_the_page_is_told_so(
    app: Flask, page: str, asked: list[str]
) -> None:
    bruno = settled(app, "bruno")
    tag = bruno.get(page).headers["ETag"]
    asked.clear()
    answer = bruno.get(page, headers={"If-None-Match": tag})
    assert (answer.status_code, answer.data, asked) == (304, b"", [])
    assert bruno.get(page, headers={"If-None-Match": 'W/"another"'}).status_code == 200


def test_anything_written_makes_the_page_anew(
    app: Flask, cast: Cast, page: str, asked: list[str]
) -> None:
    bruno = settled(app, "bruno")
    read(bruno, page)
    revise(cast.amel, "atelier", "Les clefs sont au crochet.")
    asked.clear()
    assert "au crochet" in read(bruno, page)
    assert asked == [page]


def test_a_page_somebody_else_read_is_put_together_for_each(
    app: Flask, page: str, asked: list[str]
) -> None:
    amel, bruno = settled(app, "amel"), settled(app, "bruno")
    hers = read(amel, page)
    read(bruno, "/decisions")
    asked.clear()
    his = read(bruno, page)
    assert asked == []
    assert '<p class="menu__title">Bruno Costa</p>' in his
    assert "Amel Benali</p>" not in his.replace("chez Amel Benali", "")
    assert len(tokens(his)) == 1
    assert not tokens(his) & tokens(hers)
    assert bruno.post("/sign-out", data={"csrf_token": tokens(his).pop()}).status_code == 302


def test_somebody_with_other_rights_is_answered_by_the_application(
    app: Flask, page: str, asked: list[str]
) -> None:
    amel, chloe = settled(app, "amel"), settled(app, "chloe")
    read(amel, page)
    read(chloe, "/decisions")
    asked.clear()
    read(chloe, page)
    assert asked == [page]


def test_the_language_chosen_on_one_device_stays_there(app: Flask, page: str) -> None:
    amel, bruno = settled(app, "amel"), settled(app, "bruno")
    french = read(amel, page)
    token = tokens(french).pop()
    bruno.post("/language", data={"language": "en", "csrf_token": tokens(read(bruno, page)).pop()})
    assert '<html lang="en"' in read(bruno, page)
    assert '<html lang="fr"' in read(amel, page)
    assert token in read(amel, page)


def test_a_cookie_is_worth_nothing_after_the_end_of_its_session(app: Flask, page: str) -> None:
    bruno = settled(app, "bruno")
    read(bruno, page)
    cookie = bruno.get_cookie("session")
    assert cookie is not None
    token = tokens(read(bruno, page)).pop()
    assert bruno.post("/sign-out", data={"csrf_token": token}).status_code == 302
    bruno.set_cookie("session", cookie.value)
    assert bruno.get(page).status_code == 302


def test_a_page_narrowed_to_others_is_gone_at_once(app: Flask, cast: Cast) -> None:
    write(cast.amel, "Tarifs", "Pour tout le monde.")
    chloe = settled(app, "chloe")
    assert "tout le monde" in read(chloe, "/wiki/tarifs")
    number = page_id("tarifs")
    with acting(cast.amel) as tx:
        service.set_audience(tx, number, Audience.MEMBERS)
    assert chloe.get("/wiki/tarifs").status_code == 404


def test_a_message_is_said_once(app: Flask, page: str) -> None:
    amel = settled(app, "amel")
    read(amel, page)
    with amel.session_transaction() as session:
        session["_flashes"] = [("success", "Rien que pour Amel")]
    assert "Rien que pour Amel" in read(amel, page)
    assert "Rien que pour Amel" not in read(amel, page)


def test_a_new_day_makes_the_page_anew(app: Flask, cast: Cast, asked: list[str]) -> None:
    with time_machine.travel(datetime(2026, 3, 1, 23, 0, tzinfo=PARIS), tick=False) as clock:
        write(cast.amel, "Horaires", "Du lundi au vendredi.")
        bruno = settled(app, "bruno")
        read(bruno, "/wiki/horaires")
        clock.move_to(datetime(2026, 3, 1, 23, 59, tzinfo=PARIS))
        asked.clear()
        read(bruno, "/wiki/horaires")
        assert asked == []
        clock.move_to(datetime(2026, 3, 2, 0, 0, tzinfo=PARIS))
        read(bruno, "/wiki/horaires")
        assert asked == ["/wiki/horaires"]


def test_a_sign_in_and_a_ballot_leave_the_pages_of_others_as_they_are(
    app: Flask, cast: Cast, page: str, asked: list[str]
) -> None:
    poll = open_poll(define(cast.assembly), cast.members)
    bruno = settled(app, "bruno")
    read(bruno, page)
    browser(app, "amel")
    vote(cast.amel, poll)
    asked.clear()
    read(bruno, page)
    assert asked == []


@pytest.mark.parametrize("path", ["/wiki/", "/decisions"])
def test_lists_that_change_with_the_record_alone_are_kept(
    app: Flask, page: str, asked: list[str], path: str
) -> None:
    bruno = settled(app, "bruno")
    first = read(bruno, path)
    asked.clear()
    assert read(bruno, path) == first
    assert asked == []


def test_only_what_a_view_promises_is_kept(app: Flask, page: str, asked: list[str]) -> None:
    bruno = settled(app, "bruno")
    for _time in range(2):
        assert bruno.get("/proposals/").status_code == 200
        assert bruno.get("/wiki/nowhere").status_code == 404
    assert asked.count("/proposals/") == 2
    assert asked.count("/wiki/nowhere") == 2
