"""Saying once of a vote that its box waits for the words of its tellers."""

from __future__ import annotations

from sqlalchemy import select

from intranet.core.transaction import Reader, Transaction
from intranet.polls.models import Poll, PollState
from intranet.polls.tellers.events import TellersAwaited
from intranet.polls.tellers.models import LockedPart


def to_ask(reader: Reader) -> list[int]:
    """The votes whose time is over, which tellers open, and whose tellers were not told yet."""
    held = select(LockedPart.number).where(LockedPart.sealing_key == Poll.sealing_key)
    over = (Poll.state == PollState.OPEN, Poll.closes_at <= reader.now)
    query = select(Poll.id).where(*over, Poll.tellers_asked_at.is_(None), held.exists())
    return list(reader.session.scalars(query.order_by(Poll.closes_at)))


def ask(tx: Transaction, poll_id: int) -> bool:
    """Say that the words of the tellers are waited for; tells whether it was to be said."""
    poll = tx.session.get_one(Poll, poll_id, with_for_update=True)
    if poll.id not in to_ask(tx):
        return False
    poll.tellers_asked_at = tx.now
    tx.record(TellersAwaited(poll.origin_id, poll.id))
    return True
