"""A form that expired saves nothing and loses nothing."""

from __future__ import annotations

import html
import re

import pytest
from flask.testing import FlaskClient

from intranet.core.db import db
from intranet.members.models import Person
from tests.cast import Cast

LONG = "Un texte écrit avec soin, <b>long</b> et\nsur plusieurs lignes, qu’il ne faut pas perdre."


def offered(page: str, path: str, name: str) -> str:
    """The text in the form that can be sent again."""
    form = page[page.index(f'action="{path}') :]
    text = re.search(rf'<textarea[^>]*name="{name}"[^>]*>\n?(.*?)</textarea>', form, re.DOTALL)
    assert text
    return html.unescape(text[1])


def test_an_expired_form_offers_the_typed_text_again(client: FlaskClient, cast: Cast) -> None:
    client.sign_in("amel")
    path = f"/members/{cast.amel}/profile"
    answer = client.post(path, data={"about": LONG, "csrf_token": "too old"})
    page = answer.get_data(as_text=True)
    assert answer.status_code == 400
    assert offered(page, path, "about") == LONG
    assert "<b>long</b>" not in page
    db.session.rollback()
    assert db.session.get_one(Person, cast.amel).about == ""


def test_what_is_offered_again_can_be_sent(client: FlaskClient, cast: Cast) -> None:
    client.sign_in("amel")
    path = f"/members/{cast.amel}/profile"
    page = client.post(path, data={"about": LONG}).get_data(as_text=True)
    token = re.search(r'name="csrf_token" value="([^"]+)"', page[page.index(f'action="{path}') :])
    assert token
    typed = offered(page, path, "about")
    again = client.post(path, data={"about": typed, "csrf_token": token[1]})
    assert again.status_code == 303
    db.session.rollback()
    assert db.session.get_one(Person, cast.amel).about == LONG


@pytest.mark.parametrize(
    "path", ["/sign-in", "/account/password", "/invitations/some-link", "/setup/some-link"]
)
def test_passwords_are_never_given_back(client: FlaskClient, cast: Cast, path: str) -> None:
    client.sign_in("amel")
    secret = "a password as long as a sentence, longer than forty characters"
    fields = {"password": secret, "new_password": secret, "csrf_token": "wrong"}
    answer = client.post(path, data=fields)
    assert answer.status_code == 400
    assert secret not in answer.get_data(as_text=True)


def test_a_session_that_ended_meanwhile_loses_no_text(client: FlaskClient, cast: Cast) -> None:
    path = f"/members/{cast.amel}/profile"
    answer = client.submit(path, about=LONG)
    assert answer.status_code == 400
    assert "soin" in answer.get_data(as_text=True)


def test_short_fields_travel_along(client: FlaskClient, cast: Cast) -> None:
    client.sign_in("amel")
    fields = {"name": "Noé", "email": "noe@example.org", "status": "employee"}
    page = client.post("/invitations", data=fields).get_data(as_text=True)
    assert '<input type="hidden" name="name" value="Noé">' in page


def test_an_error_page_gives_a_long_text_back(client: FlaskClient, cast: Cast) -> None:
    client.sign_in("bruno")
    answer = client.submit(f"/members/{cast.amel}/profile", about=LONG)
    assert answer.status_code == 403
    assert "écrit avec soin" in answer.get_data(as_text=True)
