"""The pages of invitations."""

from __future__ import annotations

import re

from flask import Flask
from flask.testing import FlaskClient

from tests.cast import Cast, Client

NOE = {"name": "Noé Vial", "email": "noe@example.org", "status": "employee"}


def link_on(page: str) -> str:
    found = re.search(r'value="http://localhost(/invitations/[^"]+)"', page)
    assert found
    return found[1]


def test_from_the_invitation_to_the_first_page(app: Flask, cast: Cast) -> None:
    app.test_client_class = Client
    amel = app.test_client().sign_in("amel")
    assert amel.submit("/invitations", **NOE).status_code == 303
    link = link_on(amel.get("/invitations").get_data(as_text=True))
    noe = app.test_client()
    assert "noe@example.org" in noe.get(link).get_data(as_text=True)
    answer = noe.submit(link, name="Noé Vial", new_password="trois mots sans rapport")
    assert answer.status_code == 303
    assert "Noé Vial" in noe.get("/").get_data(as_text=True)
    assert app.test_client().get(link).status_code == 404


def test_the_link_is_shown_once(client: FlaskClient, cast: Cast) -> None:
    client.sign_in("amel").submit("/invitations", **NOE)
    assert "localhost/invitations/" in client.get("/invitations").get_data(as_text=True)
    assert "localhost/invitations/" not in client.get("/invitations").get_data(as_text=True)


def test_looking_at_an_invitation_changes_nothing(client: FlaskClient, cast: Cast) -> None:
    client.sign_in("amel").submit("/invitations", **NOE)
    link = link_on(client.get("/invitations").get_data(as_text=True))
    for _ in range(3):
        assert client.get(link).status_code == 200


def test_a_refused_invitation_keeps_what_was_typed(client: FlaskClient, cast: Cast) -> None:
    answer = client.sign_in("amel").submit("/invitations", **{**NOE, "status": "member_employee"})
    page = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert "Noé Vial" in page
    assert "noe@example.org" in page


def test_a_refused_acceptance_keeps_the_name_and_no_password(
    client: FlaskClient, cast: Cast
) -> None:
    client.sign_in("amel").submit("/invitations", **NOE)
    link = link_on(client.get("/invitations").get_data(as_text=True))
    answer = client.submit(link, name="Noé V.", new_password="short-one")
    page = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert 'value="Noé V."' in page
    assert "short-one" not in page


def test_employees_do_not_see_invitations(client: FlaskClient, cast: Cast) -> None:
    client.sign_in("chloe")
    assert client.get("/invitations").status_code == 403
    assert client.submit("/invitations", **NOE).status_code == 403
    assert client.submit("/invitations/1/withdraw").status_code == 404


def test_a_field_nobody_offered_changes_nothing(app: Flask, cast: Cast) -> None:
    app.test_client_class = Client
    amel = app.test_client().sign_in("amel")
    amel.submit("/invitations", **NOE, is_administrator="1", expires_at="2999-01-01")
    link = link_on(amel.get("/invitations").get_data(as_text=True))
    noe = app.test_client()
    fields = {"name": "Noé", "new_password": "trois mots sans rapport"}
    noe.submit(link, **fields, is_administrator="1", email="amel@example.org", person_id="2")
    assert noe.get("/administration").status_code == 403
    assert "noe@example.org" in noe.get("/account").get_data(as_text=True)
