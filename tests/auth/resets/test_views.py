"""The pages of a forgotten password."""

from __future__ import annotations

import re

from flask import Flask
from flask.testing import FlaskClient

from tests.cast import Cast, Client

NEW = "un autre mot bien long"


def body(answer: object) -> str:
    text = answer.get_data(as_text=True)  # type: ignore[attr-defined]
    return re.sub(r'(name="csrf_token" value|csrf-token" content)="[^"]+"', "", text)


def test_s2_the_answer_is_the_same_for_every_address(client: FlaskClient, cast: Cast) -> None:
    answers = [
        client.submit("/password/forgotten", email=email)
        for email in ("amel@example.org", "personne@example.org", "david@example.org", "")
    ]
    assert {answer.status_code for answer in answers} == {200}
    assert len({body(answer) for answer in answers}) == 1


def test_from_asking_to_signing_in_again(app: Flask, cast: Cast) -> None:
    app.test_client_class = Client
    amel, gwen = app.test_client(), app.test_client().sign_in("gwen")
    amel.submit("/password/forgotten", email="amel@example.org")
    page = gwen.get("/administration").get_data(as_text=True)
    forms = re.findall(r'action="(/administration/accounts/\d+/reset-link)"', page)
    made = [gwen.submit(path).get_data(as_text=True) for path in forms]
    (shown,) = [page for page in made if "amel@example.org" in page]
    found = re.search(r'value="http://localhost(/password/[^"]+)"', shown)
    assert found
    link = found[1]
    assert amel.get(link).status_code == 200
    assert amel.submit(link, new_password="court").status_code == 422
    assert amel.submit(link, new_password=NEW).headers["Location"] == "/sign-in"
    assert amel.get(link).status_code == 404
    answer = amel.submit("/sign-in", email="amel@example.org", password=NEW)
    assert answer.status_code == 302


def test_a6_a_member_makes_no_link_for_somebody_else(client: FlaskClient, cast: Cast) -> None:
    client.sign_in("bruno")
    assert client.submit("/administration/accounts/1/reset-link").status_code == 403
