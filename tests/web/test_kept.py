"""What is kept of a page is the same for everybody with the same rights, and nothing else."""

from __future__ import annotations

import re

import pytest
from flask import Flask

from intranet.members.statuses import Audience
from tests.cast import Cast, Client
from tests.wiki.writing import revise, write


@pytest.fixture
def page(cast: Cast) -> str:
    """The address of a page that Amel wrote, as members and employees read it."""
    write(cast.amel, "Atelier", "Les clefs sont chez Amel Benali.")
    return "/wiki/atelier"


def browser(app: Flask, name: str) -> Client:
    app.test_client_class = Client
    return app.test_client().sign_in(name)  # type: ignore[return-value]


def read(client: Client, path: str) -> str:
    return client.get(path).get_data(as_text=True)


def tokens(html: str) -> set[str]:
    return set(re.findall(r'name="csrf_token"[^>]*value="([^"]+)"', html))


def test_each_person_sees_their_own_menu_on_a_page_kept_for_both(app: Flask, page: str) -> None:
    amel, bruno = browser(app, "amel"), browser(app, "bruno")
    first, second = read(amel, page), read(bruno, page)
    assert "Bruno Costa" not in first
    assert '<p class="menu__title">Bruno Costa</p>' in second
    assert '<p class="menu__title">Amel Benali</p>' not in second
    assert "Les clefs sont chez Amel Benali." in second


def test_each_person_has_the_token_of_their_own_session(app: Flask, page: str) -> None:
    amel, bruno = browser(app, "amel"), browser(app, "bruno")
    read(amel, page)
    html = read(bruno, page)
    assert len(tokens(html)) == 1
    answer = bruno.post("/sign-out", data={"csrf_token": tokens(html).pop()})
    assert answer.status_code == 302


def test_people_with_other_rights_get_a_page_of_their_own(app: Flask, page: str) -> None:
    member = read(browser(app, "amel"), page)
    employee = read(browser(app, "chloe"), page)
    assert "/administration" not in member
    assert member != employee


def test_a_page_nobody_else_may_read_is_never_handed_out(app: Flask, cast: Cast) -> None:
    write(cast.amel, "Salaires", "Confidentiel.", audience=Audience.MEMBERS)
    assert "Confidentiel." in read(browser(app, "amel"), "/wiki/salaires")
    assert browser(app, "chloe").get("/wiki/salaires").status_code == 404


def test_a_new_text_is_there_at_once(app: Flask, cast: Cast, page: str) -> None:
    bruno = browser(app, "bruno")
    assert "chez Amel Benali" in read(bruno, page)
    revise(cast.amel, "atelier", "Les clefs sont au crochet.")
    assert "au crochet" in read(bruno, page)


def test_a_message_for_one_person_is_not_kept(app: Flask, cast: Cast, page: str) -> None:
    amel = browser(app, "amel")
    with amel.session_transaction() as session:
        session["_flashes"] = [("success", "Rien que pour Amel")]
    assert "Rien que pour Amel" in read(amel, page)
    assert "Rien que pour Amel" not in read(browser(app, "bruno"), page)
    assert "Rien que pour Amel" not in read(amel, page)
