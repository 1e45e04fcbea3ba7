"""What waits for somebody: a rule to read, a box to open, a mandate that ends, a page of theirs."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select, update

from intranet import worker
from intranet.core import clock
from intranet.core.db import db
from intranet.members.models import Mandate
from intranet.membership.mandates import worker as mandates
from intranet.notices.models import Notice
from intranet.notices.queries import for_me
from intranet.outbox import worker as outbox
from intranet.polls.procedure_models import Course, Custody
from intranet.proposals.tellers import service as tellers
from intranet.wiki.comments.service import Remark, comment_page
from intranet.wiki.models import Page
from intranet.wiki.readings import service as readings
from intranet.wiki.states import service as states
from intranet.wiki.states import worker as reviews
from tests.cast import Cast, acting, as_reader, this_day
from tests.outbox.postbox import Box, plain, postbox
from tests.polls.balloting import (
    circle,
    crowd,
    define,
    put_to_the_vote,
    stored,
    submitted,
    vote,
)
from tests.wiki.writing import page_id, rule, write


@pytest.fixture
def box() -> Iterator[Box]:
    """A mail server that runs during the test."""
    with postbox() as running:
        yield running


def work(app: Flask) -> None:
    """Everything that follows from what happened."""
    worker.work_once(app)
    db.session.rollback()
    outbox.send_due()
    db.session.rollback()


def told(person_id: int) -> list[tuple[str, str]]:
    """What stands in somebody's list, by kind and way."""
    db.session.rollback()
    query = select(Notice.kind, Notice.way).where(Notice.person_id == person_id)
    return [(kind, way) for kind, way in db.session.execute(query.order_by(Notice.id))]


def latest(person_id: int) -> tuple[str, bool]:
    """Where the newest line leads, and whether nothing is to be done about it any more."""
    db.session.rollback()
    line = for_me(as_reader(person_id))[0].line
    return line.path, line.is_over


def test_a_rule_to_read_is_told_to_those_who_live_by_it_until_they_read_it(
    app: Flask, cast: Cast, box: Box
) -> None:
    page = rule("Congés", "Trente jours par an.")
    with acting(cast.amel) as tx:
        readings.ask_for_reading(tx, page)
    work(app)
    assert told(cast.chloe)[-1] == ("reading", "daily")
    assert told(cast.bruno)[-1] == ("reading", "daily")
    assert ("reading", "daily") not in told(cast.farid) + told(cast.amel) + told(cast.gwen)
    assert box.mails == [], "one mail a day says it"
    assert latest(cast.chloe) == ("/wiki/conges/reading", False)
    with acting(cast.chloe) as tx:
        shown = tx.session.get_one(Page, page).current_revision_id or 0
        readings.confirm_reading(tx, page, shown)
    assert latest(cast.chloe) == ("/wiki/conges", True)


def test_whoever_looks_after_a_page_follows_it_or_is_answered_hears_of_a_comment(
    app: Flask, cast: Cast, box: Box
) -> None:
    page = page_id(write(cast.amel, "Four"))
    with acting(cast.amel) as tx:
        states.name_owner(tx, page, cast.bruno)
    work(app)
    assert told(cast.bruno) == [("mine", "mail")]
    (mail,) = box.to("bruno@example.org")
    assert "Four" in mail["Subject"]
    with acting(cast.chloe) as tx:
        first = comment_page(tx, page, Remark("Il chauffe mal."))
    with acting(cast.esther) as tx:
        comment_page(tx, page, Remark("Je regarde.", reply_to_id=first))
    work(app)
    assert told(cast.bruno)[1:] == [("watched", "daily")] * 2
    assert told(cast.chloe) == [("watched", "daily")]
    assert told(cast.esther) == [], "whoever said it knows"
    assert latest(cast.chloe) == ("/wiki/four/comments", False)
    assert "chauffe" not in "".join(plain(mail) for mail in box.mails)


def test_a_page_to_look_at_again_is_told_to_whoever_looks_after_it(app: Flask, cast: Cast) -> None:
    page = page_id(write(cast.amel, "Four"))
    with acting(cast.bruno) as tx:
        states.name_owner(tx, page, cast.bruno)
        states.plan_review(tx, page, this_day() + timedelta(days=2))
    with time_machine.travel(clock.now() + timedelta(days=3), tick=False):
        reviews.tell_now()
        work(app)
    assert told(cast.bruno) == [("review", "weekly")]
    assert told(cast.amel) == []


def test_tellers_are_called_once_as_their_vote_ends_and_nobody_else_is(
    app: Flask, cast: Cast, box: Box
) -> None:
    people = [*cast.members, *crowd(3)]
    define(circle(people), key="secret", secret=True, course=Course(custody=Custody.TELLERS))
    proposal = submitted(cast.amel, "secret", "Acheter un four")
    said = {}
    for person in cast.members:
        with acting(person) as tx:
            said[person] = " ".join(tellers.become_teller(tx, proposal))
    poll = put_to_the_vote(cast.amel, proposal, hours=2)
    for person in people:
        vote(person, poll, "for")
    work(app)
    box.mails.clear()
    with time_machine.travel(stored(poll).closes_at + timedelta(minutes=1), tick=False):
        work(app)
        work(app)
        assert sorted(str(mail["To"]) for mail in box.mails) == [
            *("amel@example.org", "bruno@example.org", "esther@example.org")
        ]
        (mail,) = box.to("bruno@example.org")
        assert f"/proposals/{proposal}/tellers/words" in plain(mail)
        assert not any(words in plain(mail) for words in said.values())
        with acting(cast.bruno) as tx:
            tellers.give_words(tx, proposal, said[cast.bruno])
        assert latest(cast.bruno) == (f"/proposals/{proposal}/tellers/words", True)
        assert latest(cast.esther)[1] is False


def test_whoever_holds_a_mandate_hears_that_it_ends_on_which_day(
    app: Flask, cast: Cast, box: Box
) -> None:
    ends = date(2026, 3, 1)
    with acting(None) as tx:
        tx.session.execute(
            update(Mandate).where(Mandate.person_id == cast.bruno).values(ends_on=ends)
        )
    with time_machine.travel("2026-02-10 10:00 +00:00", tick=False):
        mandates.tell_now()
        work(app)
        work(app)
    (mail,) = box.to("bruno@example.org")
    assert "1 mars 2026" in mail["Subject"]
    with time_machine.travel("2026-03-02 10:00 +00:00", tick=False):
        assert latest(cast.bruno) == (f"/members/{cast.bruno}", True)
