"""Mail leaves after the commit, again when it failed, and never twice."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import select

from intranet.core import clock
from intranet.core.db import db
from intranet.outbox import effects, post, worker
from intranet.outbox.letters import Letter, Part
from intranet.outbox.models import MOST_ATTEMPTS, Message
from tests.cast import Cast, acting
from tests.outbox.postbox import html, plain, postbox

LETTER = Letter(
    to="amel@example.org",
    subject="Une\r\nBcc: tout@example.org",
    language="fr",
    parts=(Part("Bonjour <b>Amel</b>,"), Part("Voici :", "https://example.org/x?a=1&b=2", "Lire")),
    sender="Coopérative d’essai",
)


@pytest.fixture(autouse=True)
def no_rest() -> Iterator[None]:
    """Each test begins with a server that was not found missing."""
    worker._not_before["at"] = 0.0
    yield
    worker._not_before["at"] = 0.0


def send(key: str = "essai:1") -> bool:
    with acting(None) as tx:
        return effects.send_letter(tx, LETTER, key)


def fail_after_a_letter() -> None:
    with acting(None) as tx:
        effects.send_letter(tx, LETTER, "essai:1")
        _ = 1 / 0


def row() -> Message:
    db.session.rollback()
    return db.session.scalars(select(Message)).one()


def test_a_letter_is_sent_once_after_the_commit_and_forgotten(cast: Cast) -> None:
    with postbox() as box:
        with acting(None) as tx:
            assert effects.send_letter(tx, LETTER, "essai:1")
            assert box.mails == []
        assert send("essai:1")
        assert (worker.send_due(), worker.send_due()) == (1, 0)
        (mail,) = box.mails
    assert mail["Subject"] == "Une Bcc: tout@example.org"
    assert mail["Bcc"] is None
    assert plain(mail).startswith("Bonjour <b>Amel</b>,")
    assert "Bonjour &lt;b&gt;Amel&lt;/b&gt;," in html(mail)
    assert 'href="https://example.org/x?a=1&amp;b=2"' in html(mail)
    assert "<img" not in html(mail)
    assert mail["Auto-Submitted"] == "auto-generated"
    assert row().words == ""


def test_a_command_that_fails_sends_nothing(cast: Cast) -> None:
    with postbox() as box:
        with pytest.raises(ZeroDivisionError):
            fail_after_a_letter()
        assert worker.send_due() == 0
        assert box.mails == []


def test_a_refused_mail_is_tried_again_later_under_the_same_name_then_given_up(
    cast: Cast,
) -> None:
    with postbox() as box:
        send()
        box.refusal = "451 later"
        assert worker.send_due() == 0
        assert row().attempts == 1
        assert row().last_error == "SMTPDataError: the server answered 451"
        assert worker.send_due() == 0
        assert row().attempts == 1
        now = clock.now()
        for step in range(1, MOST_ATTEMPTS + 3):
            with time_machine.travel(now + timedelta(hours=7 * step), tick=False):
                worker.send_due()
        assert row().attempts == MOST_ATTEMPTS
        assert (row().done_at, row().words) == (None, "")
        assert box.mails == []


def test_a_letter_that_went_at_the_second_attempt_has_the_name_of_the_first(cast: Cast) -> None:
    with postbox() as box:
        send()
        box.refusal = "451 later"
        worker.send_due()
        box.refusal = ""
        with time_machine.travel(clock.now() + timedelta(minutes=2), tick=False):
            assert worker.send_due() == 1
    send_name = box.mails[0]["Message-ID"]
    with postbox() as other:
        worker.post.hand_over(
            post.current().mail or pytest.fail("no server"),
            worker.drawn(LETTER, "essai:1", "intranet@example.org", clock.now()),
        )
    assert other.mails[0]["Message-ID"] == send_name


def test_a_claimed_message_is_nobody_elses_until_its_lease_ends(cast: Cast) -> None:
    with postbox() as box:
        send()
        assert worker.claim(row().id) is not None
        assert worker.claim(row().id) is None
        assert worker.send_due() == 0
        with time_machine.travel(clock.now() + worker.LEASE, tick=False):
            assert worker.send_due() == 1
        assert len(box.mails) == 1


def test_a_server_that_is_not_there_is_left_alone_for_a_while(cast: Cast) -> None:
    with postbox():
        pass
    with postbox() as box:
        server = post.current().mail
        assert server
        send()
        send("essai:2")
    post.use(post.Post("https://x.example.org", server))
    assert worker.send_due() == 0
    db.session.rollback()
    assert sorted(db.session.scalars(select(Message.attempts))) == [0, 1]
    assert worker._not_before["at"] > 0
    assert box.mails == []
    post.use(post.Post())


def test_without_a_mail_server_nothing_waits_and_the_caller_is_told(cast: Cast) -> None:
    assert send() is False
    assert db.session.scalars(select(Message)).all() == []
    assert worker.send_due() == 0
