"""Sessions are known by device and day, end one by one or together, and follow rights at once."""

from __future__ import annotations

from datetime import timedelta
from zoneinfo import ZoneInfo

import time_machine
from flask import Flask

from intranet.auth.models import SignIn
from intranet.core import clock
from intranet.core.db import db
from intranet.members.models import StatusPeriod
from tests.cast import Cast, Client, acting


def visitor(app: Flask, name: str) -> Client:
    app.test_client_class = Client
    return app.test_client().sign_in(name)  # type: ignore[no-any-return]


def test_all_other_sessions_end_at_once(app: Flask, cast: Cast) -> None:
    desk, phone, old = (visitor(app, "amel") for _ in range(3))
    bruno = visitor(app, "bruno")
    assert desk.submit("/account/sessions/end-others").status_code == 303
    assert [one.get("/").status_code for one in (desk, phone, old, bruno)] == [200, 302, 302, 200]


def test_a_session_remembers_the_day_it_was_last_used(app: Flask, cast: Cast) -> None:
    amel = visitor(app, "amel")
    with time_machine.travel(clock.now() + timedelta(days=3)):
        today = clock.now().astimezone(ZoneInfo("Europe/Paris")).date()
        assert amel.get("/account").status_code == 200
        db.session.rollback()
        assert db.session.query(SignIn).one().last_seen_on == today


def test_a4_whoever_leaves_has_no_rights_at_the_next_request(app: Flask, cast: Cast) -> None:
    amel = visitor(app, "amel")
    assert amel.get("/members").status_code == 200
    with acting(None) as tx:
        period = tx.session.query(StatusPeriod).filter_by(person_id=cast.amel).one()
        period.status = "former"
    assert amel.get("/members").status_code == 403
    assert amel.get("/account").status_code == 200
