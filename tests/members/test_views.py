"""The pages about people."""

from __future__ import annotations

import re

import pytest
from flask.testing import FlaskClient

from intranet.polls.procedure_models import Choosers, Course
from tests.cast import Cast, Client
from tests.polls.balloting import define
from tests.polls.test_views import in_english


def test_the_directory_finds_a_name(client: FlaskClient, cast: Cast) -> None:
    page = client.sign_in("chloe").get("/members?q=benali").get_data(as_text=True)
    assert f'href="/members/{cast.amel}"' in page
    assert f'href="/members/{cast.bruno}"' not in page


def test_a_name_nobody_has_is_answered_with_a_way_out(client: FlaskClient, cast: Cast) -> None:
    page = client.sign_in("amel").get("/members?q=zzz").get_data(as_text=True)
    assert 'class="empty"' in page
    assert 'href="/members"' in page


def test_sympathisers_get_no_link_to_people(client: FlaskClient, cast: Cast) -> None:
    page = client.sign_in("farid").get("/members").get_data(as_text=True)
    assert "Amel Benali" in page
    assert f'href="/members/{cast.amel}"' not in page
    assert client.get(f"/members/{cast.amel}").status_code == 403
    assert client.get("/bodies").status_code == 403
    assert client.get(f"/members/{cast.farid}").status_code == 200


def test_a_person_who_does_not_exist_is_not_found(client: FlaskClient, cast: Cast) -> None:
    assert client.sign_in("amel").get("/members/9999").status_code == 404


def test_what_one_writes_is_shown_as_safe_text(client: FlaskClient, cast: Cast) -> None:
    client.sign_in("amel")
    about = "**Menuisière** <script>alert(1)</script> [x](javascript:alert(1))"
    path = f"/members/{cast.amel}/profile"
    assert client.submit(path, about=about).status_code == 303
    page = client.get(f"/members/{cast.amel}").get_data(as_text=True)
    assert "<strong>Menuisière</strong>" in page
    assert "<script>alert" not in page
    assert 'href="javascript' not in page


def test_a_text_that_is_too_long_is_kept_in_the_form(client: FlaskClient, cast: Cast) -> None:
    client.sign_in("amel")
    about = "mot " * 2000 + "fin"
    answer = client.submit(f"/members/{cast.amel}/profile", about=about)
    assert answer.status_code == 422
    assert about in answer.get_data(as_text=True)


@pytest.mark.parametrize("name", ["bruno", "gwen"])
def test_nobody_edits_somebody_elses_profile(client: FlaskClient, cast: Cast, name: str) -> None:
    client.sign_in(name)
    path = f"/members/{cast.amel}/profile"
    assert client.get(path).status_code == 403
    assert client.submit(path, about="x").status_code == 403


def test_bodies_show_their_codes_and_people(client: FlaskClient, cast: Cast) -> None:
    page = client.sign_in("chloe").get("/bodies").get_data(as_text=True)
    assert "<abbr>AG</abbr>" in page
    assert "Bruno Costa" in page


def test_a_body_says_who_may_bring_a_text_call_a_vote_and_lead(client: Client, cast: Cast) -> None:
    mandated = Course(choosers=Choosers.MANDATED)
    define(cast.assembly, key="reserved", name="Réservée", course=mandated)
    page = in_english(client, "chloe").get("/bodies").get_data(as_text=True)
    assembly, meeting = page.split("<abbr>AG</abbr>")[1].split("<abbr>RC</abbr>")
    assert re.search(r">Réservée</a> : People who hold a mandate in this body", assembly)
    assert "The author calls the vote" in assembly
    assert "The author calls the vote" not in meeting, "nothing is decided there yet"


def test_the_settings_change_every_page(client: FlaskClient, cast: Cast) -> None:
    client.sign_in("gwen")
    answer = client.submit(
        "/administration/settings", name="Rabots & Rayons", accent="plum", locale="fr"
    )
    assert answer.status_code == 303
    page = client.get("/account").get_data(as_text=True)
    assert "Rabots &amp; Rayons" in page
    assert 'data-accent="plum"' in page
    answer = client.submit("/administration/settings", name="", accent="x", locale="fr")
    assert answer.status_code == 422
