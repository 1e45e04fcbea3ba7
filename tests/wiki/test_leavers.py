"""What people wrote stays when they go, and when their group changes."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import delete
from sqlalchemy.exc import IntegrityError

from intranet.auth.administration.service import disable_account
from intranet.auth.models import Account
from intranet.core.db import db
from intranet.members.audience_queries import body_audience
from intranet.members.effects import change_status
from intranet.members.models import Person
from intranet.members.statuses import Status
from intranet.wiki.models import Page
from tests.cast import Cast, acting, this_day
from tests.wiki.writing import page_id, read, source, write


def test_i4_a_person_who_goes_takes_no_page_away(app: Flask, cast: Cast) -> None:
    slug = write(cast.chloe, "De Chloé", "Tout ce que je sais.\n")
    with acting(None) as tx:
        day = this_day() - timedelta(days=1)
        change_status(tx, cast.chloe, Status.FORMER, day, "AG-2026-009")
    with acting(cast.gwen) as tx:
        account = tx.session.query(Account).filter_by(person_id=cast.chloe).one()
        disable_account(tx, account.id)
    assert source(slug) == "Tout ce que je sais.\n"
    assert read(cast.amel, slug).author == "Chloé Martin"
    with pytest.raises(IntegrityError), acting(None) as tx:
        tx.session.execute(delete(Person).where(Person.id == cast.chloe))
    db.session.rollback()
    assert read(cast.amel, slug).author == "Chloé Martin"


def test_i4_a_group_that_empties_takes_no_page_away(app: Flask, cast: Cast) -> None:
    slug = write(cast.amel, "Au cercle", "À nous.\n")
    number = page_id(slug)
    with acting(None) as tx:
        tx.session.get_one(Page, number).audience = body_audience(cast.meeting)
    with acting(None) as tx:
        day = this_day() - timedelta(days=1)
        for person in (*cast.members, cast.chloe):
            change_status(tx, person, Status.FORMER, day, "AG-2026-009")
    assert source(slug) == "À nous.\n"
