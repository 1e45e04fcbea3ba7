"""Sending what waits: after the commit, again with growing pauses, and never twice."""

from __future__ import annotations

import logging
import smtplib
import time
from datetime import datetime, timedelta

from sqlalchemy import or_, select

from intranet.core.actor import SYSTEM
from intranet.core.forgetting import forgetting
from intranet.core.transaction import Reader, reader, transaction
from intranet.outbox import post, room
from intranet.outbox.letters import Letter, drawn
from intranet.outbox.models import MOST_ATTEMPTS, Message
from intranet.outbox.post import Claimed
from intranet.outbox.queue import LETTER, unpacked
from intranet.outbox.tokens import new_stop, stop_digest

log = logging.getLogger("intranet.outbox")

FORGETTING = forgetting("outbox", Message)
"""What waited to be sent to somebody is not sent once they are erased."""

BATCH = 20
LEASE = timedelta(minutes=5)
LONGEST_PAUSE = timedelta(hours=6)
REST_SECONDS = 30
_not_before = {"at": 0.0}
"""When a server is asked again after it could not be reached, on the monotonic clock."""


def send_due() -> int:
    """Send what is due, some at a time so that nothing else of the worker waits; gives how much.

    A server that cannot be reached is left alone for a while.
    """
    ways = post.current()
    if (ways.mail is None and ways.room is None) or time.monotonic() < _not_before["at"]:
        return 0
    look = reader(SYSTEM)
    waiting = _due(look)
    look.session.rollback()
    sent = 0
    for number in waiting:
        try:
            sent += _send(number)
        except OSError:
            _not_before["at"] = time.monotonic() + REST_SECONDS
            break
    return sent


def _due(look: Reader) -> list[int]:
    query = (
        select(Message.id)
        .where(Message.done_at.is_(None), Message.due_at <= look.now)
        .where(Message.attempts < MOST_ATTEMPTS)
        .where(or_(Message.claimed_until.is_(None), Message.claimed_until <= look.now))
        .order_by(Message.due_at, Message.id)
        .limit(BATCH)
    )
    return list(look.session.scalars(query))


def claim(number: int) -> Claimed | None:
    """Take a message for this sender alone for some minutes; None when another one has it.

    The attempt is counted before it is made, so that a machine that dies again and again on one
    message gives it up as well.
    """
    stop = new_stop()
    with transaction(None) as tx:
        tx.keep_pages()
        row = tx.session.get(Message, number, with_for_update=True)
        if row is None:
            return None
        taken = row.claimed_until is not None and row.claimed_until > tx.now
        if taken or row.done_at or row.attempts >= MOST_ATTEMPTS:
            return None
        row.attempts += 1
        row.claimed_until = tx.now + LEASE
        row.stop_digest = stop_digest(stop)
        known = (row.id, row.key, row.channel, row.person_id, row.reference, row.words)
        return Claimed(*known, stop)


def _send(number: int) -> bool:
    """Send one message. Raises OSError when the server could not be reached at all."""
    claimed = claim(number)
    if claimed is None:
        return False
    try:
        written = _written(claimed)
        if written is not None:
            _hand_over(claimed, written)
    except Exception as error:
        _failed(number, error)
        if isinstance(error, OSError) and not isinstance(error, smtplib.SMTPException):
            raise
        return False
    _finished(number)
    return written is not None


def _written(claimed: Claimed) -> Letter | str | None:
    """The message in words, as it is right to say it at this moment."""
    look = reader(SYSTEM)
    if claimed.channel == LETTER:
        return _still_useful(unpacked(claimed.words), look.now)
    try:
        return post.current().writers[claimed.channel](look, claimed)
    finally:
        look.session.rollback()


def _still_useful(letter: Letter, now: datetime) -> Letter | None:
    return None if letter.until and now >= datetime.fromisoformat(letter.until) else letter


def _hand_over(claimed: Claimed, written: Letter | str) -> None:
    ways = post.current()
    if isinstance(written, str):
        if ways.room is None:
            raise RuntimeError("no chat room is set")
        room.say(ways.room, written)
        return
    if ways.mail is None:
        raise RuntimeError("no mail server is set")
    mail = drawn(written, claimed.key, ways.mail.sender, reader(SYSTEM).now)
    post.hand_over(ways.mail, mail)


def _finished(number: int) -> None:
    """Note that it is done, in the same way whether there was something to say or not."""
    with transaction(None) as tx:
        tx.keep_pages()
        row = tx.session.get(Message, number)
        if row is not None:  # Else whom it was for was erased meanwhile.
            row.words, row.claimed_until, row.last_error = "", None, None
            row.attempts, row.done_at = 1, tx.now


def pause(attempts: int) -> timedelta:
    """How long to wait after so many attempts: a minute, then twice as long each time."""
    return min(timedelta(minutes=2 ** max(attempts - 1, 0)), LONGEST_PAUSE)


def _failed(number: int, error: Exception) -> None:
    """Note the failure, to try again later. What an address or a title says stays out of it."""
    said = f"{type(error).__name__}: {_plain(error)}"[:500]
    with transaction(None) as tx:
        tx.keep_pages()
        row = tx.session.get(Message, number)
        if row is None:
            return
        row.claimed_until = None
        row.due_at = tx.now + pause(row.attempts)
        row.last_error = said
        if row.attempts >= MOST_ATTEMPTS:
            row.words = ""
            log.warning("message %s was given up: %s", number, said)


def _plain(error: Exception) -> str:
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        codes = sorted({str(code) for code, _ in error.recipients.values()})
        return f"the address was refused with {', '.join(codes)}"
    if isinstance(error, smtplib.SMTPResponseException):
        return f"the server answered {error.smtp_code}"
    return str(error) if isinstance(error, OSError | room.NotAllowed | room.NotTaken) else ""


def send_now(letter: Letter, key: str, now: datetime) -> str:
    """Send one letter at once, as a test of the settings; gives the trouble, empty when it went."""
    server = post.current().mail
    if server is None:
        return "no mail server is set"
    try:
        post.hand_over(server, drawn(letter, key, server.sender, now))
    except (OSError, smtplib.SMTPException) as error:
        return f"{type(error).__name__}: {_plain(error)}"
    return ""
