"""The pages of the administration."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient

from intranet.auth.models import Account
from intranet.core.db import db
from tests.cast import Cast, Client

PAGES = ("/administration", "/administration/state", "/administration/settings", "/invitations")


def number(person_id: int) -> int:
    db.session.rollback()
    return db.session.query(Account).filter_by(person_id=person_id).one().id


@pytest.mark.parametrize("path", PAGES)
def test_the_administration_is_open_to_administrators(
    client: FlaskClient, cast: Cast, path: str
) -> None:
    assert client.sign_in("gwen").get(path).status_code == 200


@pytest.mark.parametrize("name", ["amel", "chloe", "farid", "david"])
@pytest.mark.parametrize("path", PAGES[:3])
def test_it_is_closed_to_everybody_else(
    client: FlaskClient, cast: Cast, path: str, name: str
) -> None:
    assert client.sign_in(name).get(path).status_code == 403


def test_a_disabled_account_is_out_at_its_next_request(app: Flask, cast: Cast) -> None:
    app.test_client_class = Client
    amel, gwen = app.test_client().sign_in("amel"), app.test_client().sign_in("gwen")
    assert amel.get("/members").status_code == 200
    path = f"/administration/accounts/{number(cast.amel)}"
    assert gwen.submit(f"{path}/disable").status_code == 303
    assert amel.get("/members").status_code == 302
    assert gwen.submit(f"{path}/enable").status_code == 303
    assert amel.get("/members").status_code == 302
    assert amel.sign_in("amel").get("/members").status_code == 200


def test_a_right_taken_away_is_gone_at_the_next_request(app: Flask, cast: Cast) -> None:
    app.test_client_class = Client
    amel, gwen = app.test_client().sign_in("amel"), app.test_client().sign_in("gwen")
    path = f"/administration/accounts/{number(cast.amel)}"
    gwen.submit(f"{path}/make-administrator")
    assert amel.get("/administration").status_code == 200
    gwen.submit(f"{path}/unmake-administrator")
    assert amel.get("/administration").status_code == 403


def test_an_act_nobody_knows_is_not_found(client: FlaskClient, cast: Cast) -> None:
    answer = client.sign_in("gwen").submit(f"/administration/accounts/{number(cast.amel)}/promote")
    assert answer.status_code == 404
