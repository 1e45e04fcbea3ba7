"""The pages of being told: nothing changes by looking, and a link in a mail can only end mails."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta

import feedparser
import pytest
import time_machine
from flask import Flask
from icalendar import Calendar
from sqlalchemy import select

from intranet import worker
from intranet.core import clock
from intranet.core.db import db
from intranet.notices.digests import worker as digests
from intranet.notices.models import ChosenWay, Notice
from intranet.outbox import worker as outbox
from intranet.wiki.events import PageRevised
from intranet.wiki.models import Page
from tests.cast import Cast, Client, acting, this_day
from tests.outbox.postbox import BASE, Box, plain, postbox
from tests.polls.balloting import becomes, define, put_to_the_vote, submitted
from tests.wiki.writing import write


@pytest.fixture
def box() -> Iterator[Box]:
    """A mail server that runs during the test."""
    outbox._not_before["at"] = 0.0
    with postbox() as running:
        yield running


def browser(app: Flask, name: str = "") -> Client:
    """Somebody's browser, signed in when a name is given."""
    app.test_client_class = Client
    client = app.test_client()
    assert isinstance(client, Client)
    return client.sign_in(name) if name else client


def work(app: Flask) -> None:
    """Everything that follows from what happened."""
    worker.work_once(app)
    db.session.rollback()
    outbox.send_due()
    db.session.rollback()


def opened_vote(cast: Cast, hours: float = 48) -> int:
    define(cast.assembly, key="simple")
    proposal = submitted(cast.amel, "simple", "Acheter un four")
    put_to_the_vote(cast.amel, proposal, hours)
    return proposal


def unread(person_id: int) -> int:
    db.session.rollback()
    query = select(Notice.id).where(Notice.person_id == person_id, Notice.read_at.is_(None))
    return len(db.session.scalars(query).all())


def test_a_list_is_put_aside_by_a_button_and_never_by_looking(app: Flask, cast: Cast) -> None:
    opened_vote(cast)
    work(app)
    bruno = browser(app, "bruno")
    page = bruno.get("/for-you").text
    assert "Acheter un four" in page
    assert unread(cast.bruno) == 2
    assert bruno.submit("/for-you/read").status_code == 303
    assert unread(cast.bruno) == 0
    assert unread(cast.esther) == 2


def stop_path(box: Box, address: str) -> str:
    mail = box.to(address)[-1]
    found = re.fullmatch(rf"<{BASE}(/stop-mail/\S+)>", str(mail["List-Unsubscribe"]))
    assert found
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    return found[1]


def test_t86_a_link_in_a_mail_shows_a_button_and_one_post_ends_such_mails(
    app: Flask, cast: Cast, box: Box
) -> None:
    opened_vote(cast)
    work(app)
    path = stop_path(box, "bruno@example.org")
    stranger = browser(app)
    assert 'method="post"' in stranger.get(path).text
    assert stranger.head(path).status_code == 200
    assert db.session.scalars(select(ChosenWay)).all() == []
    app.config["WTF_CSRF_ENABLED"] = True
    assert stranger.post(path, data={"List-Unsubscribe": "One-Click"}).status_code == 200
    assert stranger.post(path, data={"List-Unsubscribe": "One-Click"}).status_code == 200
    db.session.rollback()
    rows = [(row.person_id, row.kind, row.way) for row in db.session.scalars(select(ChosenWay))]
    assert rows == [(cast.bruno, "vote", "app")]
    assert stranger.get("/for-you").status_code == 302, "the link opens nothing else"
    assert stranger.post("/stop-mail/x").status_code == 403
    with time_machine.travel(clock.now() + timedelta(minutes=1), tick=False):
        put_to_the_vote(cast.amel, submitted(cast.amel, "simple", "Autre chose"))
        work(app)
    assert len(box.to("bruno@example.org")) == 1
    assert len(box.to("esther@example.org")) == 2


def test_no_mail_is_sent_about_what_was_chosen_to_stay_quiet(
    app: Flask, cast: Cast, box: Box
) -> None:
    bruno = browser(app, "bruno")
    answer = bruno.submit("/for-you/choices", vote="off", proposal="mail")
    assert answer.status_code == 303
    opened_vote(cast)
    work(app)
    assert ["four" in str(mail["Subject"]) for mail in box.to("bruno@example.org")] == [True]
    wrong = bruno.submit("/for-you/choices", days=["0", "1", "2", "3", "4", "5", "6"])
    assert wrong.status_code == 422


def test_a_digest_comes_once_a_day_at_its_hour_and_only_when_there_is_something(
    app: Flask, cast: Cast, box: Box
) -> None:
    define(cast.assembly, key="simple")
    with time_machine.travel("2026-10-24 10:00 +00:00", tick=False):
        submitted(cast.amel, "simple", "Acheter un four")
        submitted(cast.amel, "simple", "Vendre le four")
        work(app)
        digests.make_now()
        work(app)
    assert box.mails == []
    # The clocks go back in the night to Sunday 25 October: seven o'clock is six in UTC.
    with time_machine.travel("2026-10-25 05:59 +00:00", tick=False):
        assert digests.make_now() == 0
    with time_machine.travel("2026-10-25 06:00 +00:00", tick=False):
        assert digests.make_now() > 0
        assert digests.make_now() == 0
        work(app)
    (mail,) = box.to("bruno@example.org")
    assert "Acheter un four" in plain(mail)
    assert "Vendre le four" in plain(mail)
    assert box.to("amel@example.org") == []
    with time_machine.travel("2026-10-26 06:00 +00:00", tick=False):
        assert digests.make_now() == 0
        work(app)
    assert len(box.to("bruno@example.org")) == 1


def page_number(slug: str) -> int:
    db.session.rollback()
    return db.session.scalars(select(Page.id).where(Page.slug == slug)).one()


def test_whoever_follows_a_branch_is_told_of_a_change_below_it(app: Flask, cast: Cast) -> None:
    above = page_number(write(cast.amel, "Atelier"))
    below = write(cast.amel, "Four", parent_id=above)
    bruno = browser(app, "bruno")
    assert bruno.submit(f"/for-you/following/branch/{above}").status_code == 303
    assert "Atelier" in bruno.get("/for-you/following").text
    work(app)
    with acting(cast.amel) as tx:
        page = tx.session.get_one(Page, page_number(below))
        tx.record(PageRevised(page.id, page.current_revision_id or 0))
    work(app)
    assert "Four" in bruno.get("/for-you").text
    assert "Four" not in browser(app, "esther").get("/for-you").text
    assert browser(app, "farid").submit("/for-you/following/page/999").status_code == 403
    assert bruno.submit("/for-you/following/thing/1").status_code == 404
    assert bruno.submit(f"/for-you/following/branch/{above}/end").status_code == 303
    assert "Atelier" not in bruno.get("/for-you/following").text


def address(client: Client, kind: str) -> str:
    client.submit(f"/for-you/feeds/{kind}")
    found = re.search(r'readonly value="http://[^/"]+([^"]+)"', client.get("/for-you/feeds").text)
    assert found
    return found[1]


def test_a_feed_gives_what_its_person_may_read_now_until_it_is_ended(
    app: Flask, cast: Cast
) -> None:
    opened_vote(cast)
    bruno, stranger = browser(app, "bruno"), browser(app)
    path = address(bruno, "news")
    answer = stranger.get(path)
    feed = feedparser.parse(answer.data)
    assert not feed.bozo
    assert "Acheter un four" in feed.entries[0].title
    assert feed.entries[0].link.endswith("/proposals/1")
    assert answer.headers["Cache-Control"] == "private, no-store"
    other = address(bruno, "news")
    assert stranger.get(path).status_code == 404, "a new address ends the earlier one"
    becomes(cast.bruno, "former", this_day())
    assert stranger.get(other).status_code == 404


def test_a_calendar_holds_the_ends_of_votes_in_utc(app: Flask, cast: Cast) -> None:
    with time_machine.travel("2026-11-25 17:00 +00:00", tick=False):
        opened_vote(cast)
        bruno = browser(app, "bruno")
        path = address(bruno, "deadlines")
        calendar = Calendar.from_ical(browser(app).get(path).data)
        assert bruno.submit("/for-you/feeds/deadlines/end").status_code == 303
    (event,) = calendar.walk("VEVENT")
    assert event["DTSTART"].to_ical() == b"20261127T170000Z"
    assert "Acheter un four" in event["SUMMARY"]
    assert browser(app).get(path).status_code == 404


def test_the_administrator_sees_the_outbox_and_tests_it(app: Flask, cast: Cast, box: Box) -> None:
    gwen = browser(app, "gwen")
    assert gwen.get("/administration/mail").status_code == 200
    assert gwen.submit("/administration/mail/test").status_code == 303
    assert len(box.to("gwen@example.org")) == 1
    assert browser(app, "amel").get("/administration/mail").status_code == 403


def test_without_mail_the_pages_say_so(app: Flask, cast: Cast) -> None:
    page = browser(app, "gwen").get("/administration/mail").text
    assert "MAIL_SERVER" in page
    assert "callout" in browser(app, "bruno").get("/for-you/choices").text
