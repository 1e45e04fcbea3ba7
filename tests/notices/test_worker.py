"""Who is told what, under the rights of the moment of sending, and what no message ever says."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select, text, update

from intranet import duties, worker
from intranet.core import clock
from intranet.core.db import db
from intranet.notices.models import ChosenWay, Notice, QuietTime
from intranet.outbox import worker as outbox
from intranet.outbox.models import Message
from intranet.outbox.queue import Order, lay_down
from intranet.proposals.models import Proposal
from tests.cast import Cast, acting
from tests.outbox.postbox import Box, html, plain, postbox
from tests.polls.balloting import (
    circle,
    crowd,
    define,
    put_to_the_vote,
    stored,
    submitted,
    vote,
)


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


def told(person_id: int) -> list[tuple[str, str]]:
    """What stands in somebody's list."""
    db.session.rollback()
    query = select(Notice.kind, Notice.way).where(Notice.person_id == person_id)
    return [(kind, way) for kind, way in db.session.execute(query.order_by(Notice.id))]


def restrict(proposal_id: int, audience: str) -> None:
    """Show a proposal to fewer people from now on."""
    with acting(None) as tx:
        tx.session.execute(
            update(Proposal).where(Proposal.id == proposal_id).values(audience=audience)
        )


def test_voters_are_mailed_as_a_vote_opens_with_what_and_by_when(
    app: Flask, cast: Cast, box: Box
) -> None:
    define(cast.assembly, key="simple")
    with time_machine.travel("2026-11-25 17:00 +00:00", tick=False):
        put_to_the_vote(cast.amel, submitted(cast.amel, "simple", "Acheter\nun four"), hours=48)
        work(app)
        work(app)
    assert sorted(str(mail["To"]) for mail in box.mails) == [
        "bruno@example.org",
        "esther@example.org",
    ]
    mail = box.mails[0]
    assert "Acheter un four" in mail["Subject"]
    assert "2026" in mail["Subject"]
    assert "18" in mail["Subject"], "the hour of Paris"
    assert "https://intranet.example.org/proposals/1" in plain(mail)
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert "<img" not in html(mail)


def test_a_proposal_is_told_to_those_who_may_read_it_and_to_nobody_else(
    app: Flask, cast: Cast, box: Box
) -> None:
    define(cast.assembly, key="simple")
    proposal = submitted(cast.amel, "simple")
    restrict(proposal, "members")
    work(app)
    assert told(cast.bruno) == [("proposal", "daily")]
    assert told(cast.chloe) == []
    assert told(cast.david) == []
    assert told(cast.gwen) == []
    assert told(cast.amel) == [], "whoever did it knows"


def test_the_right_of_the_moment_of_sending_decides(app: Flask, cast: Cast, box: Box) -> None:
    define(circle([cast.amel, cast.chloe]), key="simple")
    proposal = submitted(cast.amel, "simple")
    put_to_the_vote(cast.amel, proposal)
    with postbox(mail=None):
        worker.work_once(app)
    assert ("vote", "mail") in told(cast.chloe)
    event = db.session.scalars(select(Notice.event_id).where(Notice.kind == "vote")).first()
    with acting(None) as tx:
        lay_down(tx, Order("essai", "notice", tx.now, cast.chloe, event))
    restrict(proposal, "members")
    assert outbox.send_due() == 0
    assert box.mails == []
    assert db.session.scalars(select(Message.done_at)).one() is not None


def secret_vote(cast: Cast) -> tuple[int, int]:
    people = [*cast.members, *crowd(3)]
    define(circle(people), key="simple", secret=True)
    proposal = submitted(cast.amel, "simple", "Acheter un four")
    return proposal, put_to_the_vote(cast.amel, proposal, hours=72)


def test_t64_t72_casting_a_ballot_sends_nothing_to_anybody(
    app: Flask, cast: Cast, box: Box
) -> None:
    _, poll = secret_vote(cast)
    work(app)
    before, rows = len(box.mails), db.session.query(Notice).count()
    vote(cast.bruno, poll, "against")
    vote(cast.esther, poll, "for")
    work(app)
    assert len(box.mails) == before
    assert db.session.query(Notice).count() == rows


def test_t64_t65_t73_no_mail_holds_a_choice_a_voter_or_a_number_before_the_end(
    app: Flask, cast: Cast, box: Box
) -> None:
    _, poll = secret_vote(cast)
    vote(cast.bruno, poll, "against")
    work(app)
    with time_machine.travel(stored(poll).closes_at - timedelta(hours=20), tick=False):
        work(app)
    assert len(box.to("esther@example.org")) == 2
    for mail in box.mails:
        for words in (plain(mail), html(mail), str(mail["Subject"])):
            for leak in ("against", "Contre", "Pour ", "Bruno", "%"):
                assert leak not in words.replace("Bonjour Bruno", "").replace("Hello Bruno", "")


def test_t87_a_reminder_goes_to_those_who_have_not_voted_as_it_is_sent(
    app: Flask, cast: Cast, box: Box
) -> None:
    _, poll = secret_vote(cast)
    work(app)
    with time_machine.travel(stored(poll).closes_at - timedelta(hours=20), tick=False):
        duties.remind_voters()
        vote(cast.bruno, poll, "against")
        vote(cast.amel, poll, "for")
        box.mails.clear()
        work(app)
    assert [str(mail["To"]) for mail in box.mails] == ["esther@example.org"]


def test_t66_t71_no_row_of_a_reminder_tells_who_had_voted(app: Flask, cast: Cast, box: Box) -> None:
    _, poll = secret_vote(cast)
    vote(cast.bruno, poll, "against")
    work(app)
    with time_machine.travel(stored(poll).closes_at - timedelta(hours=20), tick=False):
        work(app)
        work(app)
    query = (
        "SELECT m.channel, m.attempts, m.done_at IS NULL, m.last_error, m.words, n.way, n.kind"
        " FROM message m JOIN notice n ON n.event_id = m.reference AND n.person_id = m.person_id"
        " WHERE n.kind = 'reminder' AND m.person_id = :person"
    )
    rows = {
        person: db.session.execute(text(query), {"person": person}).all()
        for person in (cast.bruno, cast.esther)
    }
    assert rows[cast.bruno] == rows[cast.esther]
    assert len(rows[cast.bruno]) == 1


def test_t70_a_result_is_told_without_numbers(app: Flask, cast: Cast, box: Box) -> None:
    proposal, poll = secret_vote(cast)
    vote(cast.bruno, poll, "for")
    with acting(None) as tx:
        tx.session.add(ChosenWay(person_id=cast.esther, kind="result", way="mail"))
    box.mails.clear()
    with time_machine.travel(stored(poll).closes_at + timedelta(minutes=1), tick=False):
        work(app)
        work(app)
    (mail,) = [one for one in box.to("esther@example.org") if "four" in str(one["Subject"])]
    assert f"/proposals/{proposal}" in plain(mail)
    assert not any(sign.isdigit() for sign in str(mail["Subject"]))


def test_t67_t68_telling_leaves_no_token_and_no_ballot_key_in_any_row(
    app: Flask, cast: Cast, box: Box
) -> None:
    _, poll = secret_vote(cast)
    vote(cast.bruno, poll, "against")
    work(app)
    keys = [row[0] for row in db.session.execute(text("SELECT key FROM sealed_ballot"))]
    said = [str(tuple(row)) for row in db.session.execute(text("SELECT * FROM message"))]
    said += [plain(mail) + html(mail) for mail in box.mails]
    assert keys
    assert not any(key in words for key in keys for words in said)


def test_an_event_told_twice_is_told_once(app: Flask, cast: Cast, box: Box) -> None:
    define(cast.assembly, key="simple")
    put_to_the_vote(cast.amel, submitted(cast.amel, "simple"))
    work(app)
    with acting(None) as tx:
        tx.session.execute(text("UPDATE delivery SET done_at = NULL"))
    work(app)
    assert len(box.to("bruno@example.org")) == 1
    assert len(told(cast.bruno)) == 2


@pytest.mark.parametrize(("days", "sent"), [(6, True), (8, False)])
def test_what_happened_long_ago_is_in_the_list_and_no_longer_mailed(
    app: Flask, cast: Cast, box: Box, days: int, sent: bool
) -> None:
    define(cast.assembly, key="simple")
    put_to_the_vote(cast.amel, submitted(cast.amel, "simple"), hours=24 * 20)
    with time_machine.travel(clock.now() + timedelta(days=days), tick=False):
        work(app)
    assert ("vote", "mail") in told(cast.bruno)
    assert bool(box.to("bruno@example.org")) is sent


def test_the_reminder_of_a_quiet_person_waits_for_the_morning(
    app: Flask, cast: Cast, box: Box
) -> None:
    define(cast.assembly, key="simple")
    with acting(None) as tx:
        tx.session.add(QuietTime(person_id=cast.bruno, days="", from_hour=20, to_hour=8))
    with time_machine.travel("2026-11-25 20:30 +00:00", tick=False):
        put_to_the_vote(cast.amel, submitted(cast.amel, "simple"), hours=72)
        work(app)
        assert [str(mail["To"]) for mail in box.mails] == ["esther@example.org"]
    with time_machine.travel("2026-11-26 07:00 +00:00", tick=False):
        work(app)
        assert len(box.to("bruno@example.org")) == 1


def test_mails_are_in_the_language_of_their_reader(app: Flask, cast: Cast, box: Box) -> None:
    define(cast.assembly, key="simple")
    with acting(None) as tx:
        tx.session.execute(
            text("UPDATE account SET language = 'en' WHERE person_id = :p"), {"p": cast.bruno}
        )
    put_to_the_vote(cast.amel, submitted(cast.amel, "simple"))
    work(app)
    (mail,) = box.to("bruno@example.org")
    assert str(mail["Subject"]).startswith("Vote on “Acheter un four” before")
    assert "(Paris time)" in str(mail["Subject"])


def test_a_ballot_causes_no_delivery(app: Flask, cast: Cast, box: Box) -> None:
    define(cast.assembly, key="simple")
    poll = put_to_the_vote(cast.amel, submitted(cast.amel, "simple"))
    work(app)
    count = text("SELECT count(*) FROM delivery")
    before = db.session.scalar(count)
    vote(cast.bruno, poll, "for")
    assert db.session.scalar(count) == before
