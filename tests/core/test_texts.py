"""A text is kept once under its digest, whoever else keeps it at the same instant."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from intranet.core.db import db
from intranet.core.policy import Conflict
from intranet.core.texts import TextBody, keep_text, text_of
from tests.meanwhile import both

TEXT = "Nous achetons un four."


def test_two_who_keep_the_same_text_at_once_both_succeed(app: Flask) -> None:
    def keep(session: Session) -> str:
        return keep_text(session, TEXT)

    first, second = both(app, keep, keep)
    assert first == second
    assert db.session.scalar(select(func.count()).select_from(TextBody)) == 1
    assert text_of(db.session(), str(first)) == TEXT


def test_words_that_were_removed_are_not_taken_again(app: Flask) -> None:
    session = db.session()
    digest = keep_text(session, TEXT)
    session.execute(update(TextBody).values(body="", redacted_because="Une personne y est nommée."))
    with pytest.raises(Conflict):
        keep_text(session, TEXT)
    assert text_of(session, digest) == ""
