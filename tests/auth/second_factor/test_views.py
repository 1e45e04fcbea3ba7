"""The second factor, from its picture to signing in with it, and without it."""

from __future__ import annotations

import re
from datetime import timedelta

import pyotp
import pytest
import time_machine
from flask import Flask

from intranet.auth.notices.models import Notice
from intranet.core import clock
from intranet.core.db import db
from tests.cast import PASSWORD, Cast, Client
from tests.journal import happened

ADDRESS = "amel@example.org"


def visitor(app: Flask) -> Client:
    app.test_client_class = Client
    return app.test_client()  # type: ignore[return-value]


def set_up(amel: Client) -> tuple[pyotp.TOTP, list[str]]:
    amel.submit("/account/second-factor")
    page = amel.get("/account/second-factor").get_data(as_text=True)
    seed = re.search(r"<code>([A-Z2-7 ]+)</code>", page)
    assert seed
    known = pyotp.TOTP(seed[1].replace(" ", ""))
    fields = {"password": PASSWORD, "password_code": known.at(clock.now())}
    answer = amel.submit("/account/second-factor/confirmation", **fields)
    assert answer.headers["Cache-Control"] == "no-store"
    return known, re.findall(r"<code>([a-z0-9-]{19})</code>", answer.get_data(as_text=True))


def give(browser: Client, code: str) -> int:
    """The status after the password and this code."""
    browser.submit("/sign-in", email=ADDRESS, password=PASSWORD)
    return int(browser.submit("/sign-in/code", password_code=code).status_code)


def is_in(browser: Client) -> bool:
    return browser.get("/account").status_code == 200


def test_the_password_alone_no_longer_opens_anything(app: Flask, cast: Cast) -> None:
    known, _codes = set_up(visitor(app).sign_in("amel"))
    other = visitor(app)
    answer = other.submit("/sign-in", email=ADDRESS, password=PASSWORD, next="/members")
    assert answer.headers["Location"] == "/sign-in/code?next=/members"
    assert not is_in(other)
    with time_machine.travel(clock.now() + timedelta(seconds=60)):
        assert give(other, known.at(clock.now())) == 303
        assert is_in(other)
        assert give(visitor(app), known.at(clock.now())) == 422, "a code is used once"


def test_the_picture_is_svg_without_style(app: Flask, cast: Cast) -> None:
    amel = visitor(app).sign_in("amel")
    amel.submit("/account/second-factor")
    page = amel.get("/account/second-factor").get_data(as_text=True)
    picture = re.search(r'<svg width="\d+" height="\d+">.*?</svg>', page, re.DOTALL)
    assert picture
    assert "style" not in picture[0]


def test_a_recovery_code_works_once_and_its_owner_is_told(app: Flask, cast: Cast) -> None:
    _known, codes = set_up(visitor(app).sign_in("amel"))
    assert len(codes) == 10
    assert give(visitor(app), codes[3].upper()) == 303
    assert give(visitor(app), codes[3]) == 422
    db.session.rollback()
    told = [notice.code for notice in db.session.query(Notice).order_by(Notice.id)]
    assert told == ["second_factor_set", "recovery_code_used"]


def test_five_wrong_codes_make_even_the_right_one_wait(app: Flask, cast: Cast) -> None:
    _known, codes = set_up(visitor(app).sign_in("amel"))
    for _ in range(5):
        assert give(visitor(app), "000000") == 422
    assert give(visitor(app), codes[0]) == 429
    with time_machine.travel(clock.now() + timedelta(minutes=16)):
        assert give(visitor(app), codes[0]) == 303


def test_the_code_is_owed_for_five_minutes_only(app: Flask, cast: Cast) -> None:
    known, _codes = set_up(visitor(app).sign_in("amel"))
    other = visitor(app)
    other.submit("/sign-in", email=ADDRESS, password=PASSWORD)
    with time_machine.travel(clock.now() + timedelta(minutes=5, seconds=1)):
        other.submit("/sign-in/code", password_code=known.at(clock.now()))
        assert not is_in(other)
    assert visitor(app).submit("/sign-in/code", password_code="1").status_code == 303


def test_setting_it_up_and_taking_it_away_ask_for_the_password(app: Flask, cast: Cast) -> None:
    amel = visitor(app).sign_in("amel")
    amel.submit("/account/second-factor")
    path = "/account/second-factor/confirmation"
    assert amel.submit(path, password="faux", password_code="1").status_code == 422
    set_up(amel)
    assert amel.submit("/account/second-factor/removal", password="faux").status_code == 422
    answer = amel.submit("/account/second-factor/recovery-codes", password=PASSWORD)
    assert answer.status_code == 200
    assert amel.submit("/account/second-factor/removal", password=PASSWORD).status_code == 303
    assert happened()[-2:] == ["RecoveryCodesMade", "SecondFactorRemoved"]
    assert is_in(visitor(app).sign_in("amel"))


@pytest.mark.parametrize(("name", "status"), [("gwen", 303), ("bruno", 403)])
def test_a6_only_an_administrator_removes_it_and_the_owner_is_told(
    app: Flask, cast: Cast, name: str, status: int
) -> None:
    amel = visitor(app).sign_in("amel")
    set_up(amel)
    browser = visitor(app).sign_in(name)
    account_id = db.session.query(Notice).one().account_id
    path = f"/administration/accounts/{account_id}/remove-second-factor"
    assert browser.submit(path).status_code == status
    assert is_in(visitor(app).sign_in("amel")) is (status == 303)
    page = amel.get("/account").get_data(as_text=True)
    assert ("Gwen Le Goff" in page) is (status == 303)
