"""Coming in, leaving, and looking after one's own account."""

from __future__ import annotations

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient

from intranet.auth import credentials
from tests.cast import PASSWORD, Cast, Client

NEW = "un autre mot bien long"


def body(answer: object) -> str:
    """The page without its token, which differs each time."""
    text = answer.get_data(as_text=True)  # type: ignore[attr-defined]
    return re.sub(r'(name="csrf_token" value|csrf-token" content)="[^"]+"', "", text)


def test_a_member_signs_in_and_sees_their_name(client: FlaskClient, cast: Cast) -> None:
    page = client.sign_in("amel").get("/")
    assert "Amel Benali" in page.get_data(as_text=True)


def test_unknown_wrong_and_disabled_get_the_same_page(client: FlaskClient, cast: Cast) -> None:
    answers = set()
    for email, password in [("amel@example.org", "faux"), ("personne@example.org", PASSWORD)]:
        answer = client.submit("/sign-in", email=email, password=password)
        assert answer.status_code == 422
        answers.add(body(answer).replace(email, ""))
    assert len(answers) == 1


def test_what_was_typed_is_kept_but_never_the_password(client: FlaskClient, cast: Cast) -> None:
    answer = client.submit("/sign-in", email="amel@example.org", password="secret-typed-here")
    page = answer.get_data(as_text=True)
    assert 'value="amel@example.org"' in page
    assert "secret-typed-here" not in page


def test_after_ten_failures_one_waits_and_nothing_is_hashed(
    client: FlaskClient, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    for _ in range(10):
        client.submit("/sign-in", email="amel@example.org", password="faux")
    hashed = []
    monkeypatch.setattr(credentials, "is_password", lambda *given: hashed.append(given))
    answer = client.submit("/sign-in", email="amel@example.org", password=PASSWORD)
    assert answer.status_code == 429
    assert 1 <= int(answer.headers["Retry-After"]) <= 60
    assert answer.headers["Retry-After"] in answer.get_data(as_text=True)
    assert hashed == []


def test_guessing_does_not_end_the_owners_session(app: Flask, cast: Cast) -> None:
    app.test_client_class = Client
    owner = app.test_client().sign_in("amel")
    for _ in range(11):
        app.test_client().submit("/sign-in", email="amel@example.org", password="faux")
    assert owner.get("/account").status_code == 200


def test_signing_in_gives_a_new_cookie(client: FlaskClient, cast: Cast) -> None:
    before = client.token() and client.get_cookie("session").value
    client.sign_in("amel")
    assert client.get_cookie("session").value != before


def test_signing_out_ends_the_session_on_the_server(client: FlaskClient, cast: Cast) -> None:
    client.sign_in("amel")
    stolen = client.get_cookie("session")
    client.submit("/sign-out")
    client.set_cookie("session", stolen.value)
    assert client.get("/").status_code == 302


@pytest.mark.parametrize("target", ["//evil.example", "https://evil.example", "/\\evil.example"])
def test_signing_in_never_leads_elsewhere(client: FlaskClient, cast: Cast, target: str) -> None:
    answer = client.submit("/sign-in", email="amel@example.org", password=PASSWORD, next=target)
    assert answer.headers["Location"] == "/"


def test_signing_in_leads_where_one_wanted_to_go(client: FlaskClient, cast: Cast) -> None:
    asked = client.get("/members?q=Amel")
    assert asked.headers["Location"].endswith("/sign-in?next=/members?q%3DAmel")
    answer = client.submit(
        "/sign-in", email="amel@example.org", password=PASSWORD, next="/members?q=Amel"
    )
    assert answer.headers["Location"] == "/members?q=Amel"


def test_the_account_page_changes_the_password(client: FlaskClient, cast: Cast) -> None:
    client.sign_in("amel")
    answer = client.submit("/account/password", password=PASSWORD, new_password=NEW)
    assert answer.status_code == 303
    assert client.get("/account").status_code == 200
    again = client.application.test_client()
    answer = again.submit("/sign-in", email="amel@example.org", password=NEW)
    assert answer.status_code == 302


@pytest.mark.parametrize(
    ("old", "new", "named"),
    [("faux", NEW, "error-password"), (PASSWORD, "court", "error-new_password")],
)
def test_a_refused_change_names_its_field(
    client: FlaskClient, cast: Cast, old: str, new: str, named: str
) -> None:
    client.sign_in("amel")
    answer = client.submit("/account/password", password=old, new_password=new)
    assert answer.status_code == 422
    assert f'id="{named}"' in answer.get_data(as_text=True)


def test_guessing_the_present_password_is_slowed_down_too(client: FlaskClient, cast: Cast) -> None:
    client.sign_in("amel")
    for _ in range(10):
        client.submit("/account/password", password="faux", new_password=NEW)
    answer = client.submit("/account/password", password=PASSWORD, new_password=NEW)
    assert answer.status_code == 429


def test_a_session_on_another_device_is_closed_from_here(app: Flask, cast: Cast) -> None:
    app.test_client_class = Client
    phone, desk = app.test_client().sign_in("amel"), app.test_client().sign_in("amel")
    page = desk.get("/account").get_data(as_text=True)
    found = re.search(r'action="(/account/sessions/\d+/end)"', page)
    assert found
    assert desk.submit(found[1]).status_code == 303
    assert phone.get("/").status_code == 302
    assert desk.get("/").status_code == 200


def test_somebody_elses_session_does_not_exist_for_me(app: Flask, cast: Cast) -> None:
    app.test_client_class = Client
    amel = app.test_client().sign_in("amel")
    bruno = app.test_client().sign_in("bruno")
    assert bruno.submit("/account/sessions/1/end").status_code == 404
    assert amel.get("/").status_code == 200


def test_the_language_of_an_account_is_that_of_its_pages(client: FlaskClient, cast: Cast) -> None:
    client.sign_in("amel")
    assert '<html lang="fr"' in client.get("/account").get_data(as_text=True)
    assert client.submit("/account/language", language="en").status_code == 303
    assert '<html lang="en"' in client.get("/account").get_data(as_text=True)
    assert client.submit("/account/language", language="xx").status_code == 422


def test_a_former_member_keeps_the_own_account_and_nothing_else(
    client: FlaskClient, cast: Cast
) -> None:
    client.sign_in("david")
    assert client.get("/").status_code == 403
    assert client.get("/members").status_code == 403
    assert client.get("/account").status_code == 200
    assert client.get(f"/members/{cast.david}").status_code == 200
    assert client.get(f"/members/{cast.amel}").status_code == 403
    assert client.submit("/sign-out").status_code == 302
