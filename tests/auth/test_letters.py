"""Invitations and links for a new password leave by mail, where there is a mail server."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta

import pytest
import time_machine
from flask import Flask, url_for
from sqlalchemy import select, text

from intranet import worker
from intranet.auth import letters
from intranet.auth.invitations import queries
from intranet.auth.invitations import service as invitations
from intranet.auth.invitations.lists import rows
from intranet.auth.resets import service as resets
from intranet.auth.resets import worker as resets_worker
from intranet.auth.resets.models import ResetLink, ResetRequest
from intranet.core import clock
from intranet.core.db import db
from intranet.core.policy import Refused
from intranet.outbox import worker as outbox
from intranet.outbox.models import Message
from tests.cast import Cast, Client, acting, as_reader
from tests.outbox.postbox import BASE, Box, html, plain, postbox

NOE = {"name": "Noé Vial", "email": "noe@example.org", "status": "employee"}
NEW = "un autre mot bien long"


@pytest.fixture
def box() -> Iterator[Box]:
    """A mail server that runs during the test."""
    with postbox() as running:
        yield running


def browser(app: Flask, name: str = "") -> Client:
    """Somebody's browser, signed in when a name is given."""
    app.test_client_class = Client
    client = app.test_client()
    assert isinstance(client, Client)
    return client.sign_in(name) if name else client


def work(app: Flask) -> None:
    """What the worker does."""
    worker.work_once(app)
    db.session.rollback()


def path_in(words: str, room: str) -> str:
    """The one link of a mail, without the address of the site."""
    (found,) = set(re.findall(rf"{BASE}({room}/[\w-]{{40,}})", words))
    return str(found)


def test_addresses_in_letters_are_those_of_the_pages(app: Flask) -> None:
    with app.test_request_context():
        assert url_for("invitations.show", token="x") == f"{letters.INVITATIONS}/x"
        assert url_for("resets.show", token="x") == f"{letters.PASSWORDS}/x"


def test_an_invitation_leaves_by_mail_and_opens_one_account(
    app: Flask, cast: Cast, box: Box
) -> None:
    amel = browser(app, "amel")
    assert amel.submit("/invitations", **NOE).status_code == 303
    page = amel.get("/invitations").text
    assert "noe@example.org" in page
    assert "/invitations/" not in re.sub(r'/invitations/(\d+/|list")', "", page), "no link is shown"
    work(app)
    (mail,) = box.to("noe@example.org")
    link = path_in(plain(mail), "/invitations")
    assert link == path_in(html(mail), "/invitations")
    assert "Amel" in plain(mail)
    assert "List-Unsubscribe" not in mail
    noe = browser(app)
    assert noe.submit(link, name="Noé Vial", new_password=NEW).status_code == 303
    assert noe.get("/account").status_code == 200
    assert browser(app).get(link).status_code == 404
    work(app)
    assert link.rpartition("/")[2] not in str(
        db.session.execute(text("SELECT words FROM message")).all()
    )


def test_whoever_wishes_passes_the_link_on_by_hand_and_no_mail_leaves(
    app: Flask, cast: Cast, box: Box
) -> None:
    amel = browser(app, "amel")
    amel.submit("/invitations", **NOE, by_hand="1")
    assert re.search(
        r'readonly value="http://localhost/invitations/', amel.get("/invitations").text
    )
    work(app)
    assert box.mails == []


def test_only_the_last_of_two_invitations_is_mailed(app: Flask, cast: Cast, box: Box) -> None:
    amel = browser(app, "amel")
    amel.submit("/invitations", **NOE)
    first = db.session.scalars(select(Message.words)).one()
    (card,) = queries.waiting(as_reader(cast.amel))
    assert card.mail == "waiting"
    amel.submit(f"/invitations/{card.id}/renew")
    work(app)
    (mail,) = box.mails
    link = path_in(plain(mail), "/invitations")
    assert link not in first
    assert browser(app).get(link).status_code == 200
    (card,) = queries.waiting(as_reader(cast.amel))
    assert card.mail == "sent"
    amel.submit(f"/invitations/{card.id}/renew")
    amel.submit(f"/invitations/{card.id + 1}/withdraw")
    work(app)
    assert len(box.mails) == 1, "what was withdrawn before it left stays here"


def test_a_list_is_mailed_and_shows_no_link(app: Flask, cast: Cast, box: Box) -> None:
    people = "Noé <noe@example.org>\nfaux\nLou <lou@example.org>"
    answer = browser(app, "amel").submit("/invitations/list", people=people, status="employee")
    assert "lou@example.org" in answer.text
    assert not re.search(r"invitations/[\w-]{40}", answer.text)
    work(app)
    assert sorted(str(mail["To"]) for mail in box.mails) == ["lou@example.org", "noe@example.org"]


def test_a_refused_command_mails_nobody(app: Flask, cast: Cast, box: Box) -> None:
    with pytest.raises(Refused), acting(cast.chloe) as tx:
        invitations.invite_all(tx, rows("Noé <noe@example.org>", "employee"))
    work(app)
    assert box.mails == []


def ask(email: str) -> None:
    with acting(None) as tx:
        resets.ask(tx, email, "127.0.0.1")


def test_s2_a_forgotten_password_is_answered_by_mail_and_the_rows_do_not_tell_who_is_known(
    app: Flask, cast: Cast, box: Box
) -> None:
    answers = []
    for email in ("Amel@example.org ", "personne@example.org", "david@example.org"):
        answers.append(browser(app).submit("/password/forgotten", email=email).text)
    before = set(
        db.session.execute(select(ResetRequest.answered_at, ResetRequest.asked_at.is_(None)))
    )
    assert before == {(None, False)}
    bare = {
        re.sub(r'(name="csrf_token" value|csrf-token" content)="[^"]+"', "", a) for a in answers
    }
    assert len(bare) == 1
    assert box.mails == [], "the request itself sends nothing"
    work(app)
    assert sorted(str(mail["To"]) for mail in box.mails) == [
        "amel@example.org",
        "david@example.org",
    ]
    assert all(db.session.scalars(select(ResetRequest.answered_at)))
    link = path_in(plain(box.to("amel@example.org")[0]), "/password")
    visitor = browser(app)
    assert visitor.submit(link, new_password=NEW).headers["Location"] == "/sign-in"
    assert visitor.get(link).status_code == 404
    assert visitor.submit("/sign-in", email="amel@example.org", password=NEW).status_code == 302


def test_s3_asking_again_at_once_fills_no_letter_box_and_ends_no_link(
    app: Flask, cast: Cast, box: Box
) -> None:
    now = clock.now()
    for minutes in (0, 1, 11):
        with time_machine.travel(now + timedelta(minutes=minutes), tick=False):
            ask("amel@example.org")
            work(app)
    mails = box.to("amel@example.org")
    assert len(mails) == 2
    with time_machine.travel(now + timedelta(minutes=12), tick=False):
        first, second = (path_in(plain(mail), "/password") for mail in mails)
        assert browser(app).get(first).status_code == 200
        browser(app).submit(second, new_password=NEW)
        assert browser(app).get(first).status_code == 404, "one use ends them all"


def test_s3_a_link_that_would_come_too_late_is_not_sent(app: Flask, cast: Cast, box: Box) -> None:
    ask("amel@example.org")
    assert resets_worker.answer_requests() == 1
    with time_machine.travel(clock.now() + timedelta(hours=1), tick=False):
        assert outbox.send_due() == 0
    assert box.mails == []
    assert db.session.scalars(select(Message.words)).one() == ""


def test_a_disabled_account_is_mailed_no_link(app: Flask, cast: Cast, box: Box) -> None:
    with acting(None) as tx:
        tx.session.execute(text("UPDATE account SET disabled_at = created_at"))
    ask("amel@example.org")
    work(app)
    assert box.mails == []
    assert db.session.scalars(select(ResetLink)).all() == []


def test_only_the_worker_answers_requests(cast: Cast) -> None:
    ask("amel@example.org")
    with pytest.raises(Refused), acting(cast.gwen) as tx:
        resets.answer_request(tx, resets.address_digest("amel@example.org"))


def test_an_administrator_mails_a_link_or_hands_one_over(app: Flask, cast: Cast, box: Box) -> None:
    gwen = browser(app, "gwen")
    found = re.findall(
        r'"(/administration/accounts/\d+/reset-link)"', gwen.get("/administration").text
    )
    page = gwen.submit(found[0]).text
    assert not re.search(r"/password/[\w-]{40}", page)
    assert re.search(r"/password/[\w-]{40}", gwen.submit(found[0], by_hand="1").text)
    work(app)
    assert box.mails == [], "the link by hand has replaced the one that was to be mailed"
    gwen.submit(found[0])
    work(app)
    assert len(box.mails) == 1


def test_without_mail_requests_wait_for_an_administrator(app: Flask, cast: Cast) -> None:
    ask("amel@example.org")
    assert resets_worker.answer_requests() == 0
    assert db.session.scalars(select(ResetRequest.answered_at)).all() == [None]
    with postbox() as box, time_machine.travel(clock.now() + timedelta(hours=2), tick=False):
        work(app)
        assert box.mails == [], "mail that is set up later answers nothing of before"
