"""Letters that a command of another room causes: an invitation, a new password."""

from __future__ import annotations

from sqlalchemy import update

from intranet.core.transaction import Transaction
from intranet.outbox import post
from intranet.outbox.letters import Letter
from intranet.outbox.models import Message
from intranet.outbox.queue import LETTER, Order, lay_down, packed


def send_letter(tx: Transaction, letter: Letter, key: str, person_id: int | None = None) -> bool:
    """Send a letter after the commit, once for each key; whether it will be sent.

    False when this installation has no mail server: whoever asks then shows the link to copy.
    The words wait in the database until the letter is sent and are emptied then; a link in them
    should work once and for a limited time. A letter whose `until` has passed is not sent.
    """
    if post.current().mail is None:
        return False
    lay_down(tx, Order(key, LETTER, tx.now, person_id, words=packed(letter)))
    return True


def take_back(tx: Transaction, key: str) -> None:
    """Let a letter that still waits never be sent: its link works no longer. Twice changes nothing,
    and one that went already is not called back."""
    waiting = (Message.key == key, Message.channel == LETTER, Message.done_at.is_(None))
    tx.session.execute(update(Message).where(*waiting).values(words="", done_at=tx.now))
