"""From a proof to an open session in this browser, in one step or in two."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from flask import session
from flask_login import login_user

from intranet.auth import queries
from intranet.core import clock
from intranet.core.db import db

TIME_FOR_CODE = timedelta(minutes=5)
WAITING = "code_asked"


def enter(token: str) -> None:
    """Make this browser the holder of an open session, under a new cookie."""
    session.clear()
    login_user(queries.signed_in(db.session(), token, clock.now()))


def wait_for_code(account_id: int, mark: str) -> None:
    """Remember in this browser, for five minutes, who proved a password and owes a code."""
    session[WAITING] = [account_id, mark, (clock.now() + TIME_FOR_CODE).timestamp()]


def who_waits() -> tuple[int, str] | None:
    """The account that owes a code in this browser, and the mark of its password."""
    kept = session.get(WAITING)
    if not kept or clock.now() >= datetime.fromtimestamp(kept[2], UTC):
        return None
    return kept[0], kept[1]
