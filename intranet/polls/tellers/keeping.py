"""Naming tellers and taking their words, for the room that knows who may."""

from __future__ import annotations

from sqlalchemy import delete, select

from intranet.core.policy import Invalid
from intranet.core.transaction import Transaction
from intranet.polls import sealing
from intranet.polls.models import Poll
from intranet.polls.tellers import custody, words
from intranet.polls.tellers.models import LockedPart, Teller

Named = tuple[int, tuple[str, ...]]
"""The number of a teller, and the words that are shown once and kept nowhere."""


def name_teller(tx: Transaction, origin: tuple[str, int], person_id: int) -> Named:
    """Make somebody a teller, or give a teller new words; the old ones open nothing any more."""
    seed = words.new_seed()
    teller = tx.session.scalars(
        select(Teller)
        .where(Teller.origin_kind == origin[0], Teller.origin_id == origin[1])
        .where(Teller.person_id == person_id)
    ).one_or_none()
    if teller is None:
        teller = Teller(origin_kind=origin[0], origin_id=origin[1], person_id=person_id)
        tx.session.add(teller)
    teller.locking_key, teller.named_at = custody.locking_key(seed), tx.now
    tx.session.flush()
    return teller.id, words.spoken(seed)


def dismiss(tx: Transaction, teller: Teller) -> None:
    """Let a teller go before the vote opens."""
    tx.session.execute(delete(Teller).where(Teller.id == teller.id))


def take_words(tx: Transaction, poll: Poll, person_id: int, typed: str) -> bytes | None:
    """Unlock a teller's share. Gives the opening key when enough tellers have given theirs, and
    None while the box waits for another one: the share then waits in the folder of keys.

    Raises Invalid when these are no words of the list, or not those of this teller.
    """
    assert poll.sealing_key is not None  # noqa: S101
    locked = tx.session.scalars(
        select(LockedPart).where(
            LockedPart.sealing_key == poll.sealing_key, LockedPart.person_id == person_id
        )
    ).one()
    try:
        share = custody.unlock(locked, words.heard(typed))
        shares = sealing.kept_shares(poll.sealing_key) | {locked.number: share}
        key = custody.opening_key(poll.sealing_key, shares)
    except words.UnknownWords as problem:
        raise Invalid(words="words_unknown" if problem.words else "words_not_sixteen") from problem
    except custody.WrongWords as problem:
        raise Invalid(words="words_wrong") from problem
    if key is None:
        sealing.keep_share(poll.sealing_key, locked.number, share)
    return key
