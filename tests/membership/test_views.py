"""The form on which a member writes down somebody's new status."""

from __future__ import annotations

from datetime import date

import pytest
from flask import Flask
from flask.testing import FlaskClient

from intranet.members.queries import profile, today
from tests.cast import Cast, acting, as_reader
from tests.decisions.register import entered


@pytest.fixture
def admission(cast: Cast) -> str:
    """The number of the decision that admits Chloé."""
    with acting(None) as tx:
        return entered(tx, cast, "Admettre Chloé Martin").number


def fields(number: str, day: date | str, status: str = "member_employee") -> dict[str, str]:
    return {"status": status, "starts_on": str(day), "decision_number": number}


def test_the_next_request_of_the_person_has_the_new_rights(
    app: Flask, client: FlaskClient, cast: Cast, admission: str
) -> None:
    hers = app.test_client().sign_in("chloe")  # type: ignore[attr-defined]
    assert hers.get("/decisions/new").status_code == 403
    client.sign_in("amel")
    path = f"/members/{cast.chloe}/status"
    day = today(as_reader(cast.amel))
    answer = client.submit(path, **fields(admission, day))
    assert answer.status_code == 303
    assert answer.headers["Location"] == f"/members/{cast.chloe}"
    assert hers.get("/decisions/new").status_code == 200
    page = client.get(f"/members/{cast.chloe}").get_data(as_text=True)
    assert f'href="/decisions/{admission}"' in page


def test_the_next_request_of_somebody_who_left_is_refused(
    app: Flask, client: FlaskClient, cast: Cast, admission: str
) -> None:
    hers = app.test_client().sign_in("chloe")  # type: ignore[attr-defined]
    assert hers.get("/decisions").status_code == 200
    client.sign_in("amel")
    day = today(as_reader(cast.amel))
    client.submit(f"/members/{cast.chloe}/status", **fields(admission, day, "former"))
    assert hers.get("/decisions").status_code == 403


@pytest.mark.parametrize("name", ["chloe", "farid", "gwen"])
def test_others_see_neither_the_link_nor_the_form(
    client: FlaskClient, cast: Cast, admission: str, name: str
) -> None:
    client.sign_in(name)
    own = getattr(cast, name)
    path = f"/members/{own}/status"
    assert path not in client.get(f"/members/{own}").get_data(as_text=True)
    assert client.get(path).status_code == 403
    assert client.submit(path, **fields(admission, "2026-03-16")).status_code == 403


def test_members_find_the_form_on_the_page_of_the_person(client: FlaskClient, cast: Cast) -> None:
    page = client.sign_in("amel").get(f"/members/{cast.chloe}").get_data(as_text=True)
    assert f'href="/members/{cast.chloe}/status"' in page
    form = client.get(f"/members/{cast.chloe}/status").get_data(as_text=True)
    assert 'value="member_employee"' in form
    assert 'value="employee"' not in form
    assert 'value="member_external"' not in form
    assert client.get("/members/9999/status").status_code == 404


def test_external_members_are_offered_once_an_administrator_allows_them(
    app: Flask, client: FlaskClient, cast: Cast, admission: str
) -> None:
    path = f"/members/{cast.farid}/status"
    client.sign_in("amel")
    wanted = fields(admission, "2026-03-16", "member_external")
    assert client.submit(path, **wanted).status_code == 422
    admin = app.test_client().sign_in("gwen")  # type: ignore[attr-defined]
    settings = {"name": "Coopérative d’essai", "accent": "teal", "locale": "fr"}
    answer = admin.submit("/administration/settings", **settings, external_members="1")
    assert answer.status_code == 303
    assert 'value="member_external"' in client.get(path).get_data(as_text=True)
    assert client.submit(path, **wanted).status_code == 303
    admin.submit("/administration/settings", **settings)
    page = client.get(f"/members/{cast.chloe}/status").get_data(as_text=True)
    assert 'value="member_external"' not in page
    assert profile(as_reader(cast.amel), cast.farid).status == "member_external"


@pytest.mark.parametrize(
    ("wrong", "status", "field"),
    [
        ({"decision_number": "AG-1999-001"}, 422, "decision_number"),
        ({"starts_on": "lundi"}, 422, "starts_on"),
        ({"starts_on": "2019-01-01"}, 409, "starts_on"),
        ({"status": "employee"}, 422, "status"),
    ],
)
def test_what_cannot_be_is_said_beside_its_field(
    client: FlaskClient,
    cast: Cast,
    admission: str,
    wrong: dict[str, str],
    status: int,
    field: str,
) -> None:
    client.sign_in("amel")
    typed = {**fields(admission, "2026-03-16"), **wrong}
    answer = client.submit(f"/members/{cast.chloe}/status", **typed)
    assert answer.status_code == status
    page = answer.get_data(as_text=True)
    assert f'id="error-{field}"' in page
    assert f'value="{typed["decision_number"]}"' in page
    assert len(profile(as_reader(cast.amel), cast.chloe).periods) == 1
