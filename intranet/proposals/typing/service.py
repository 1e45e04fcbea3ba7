"""Keeping what somebody types, and forgetting it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

from sqlalchemy import delete, select

from intranet.core.events import canonical
from intranet.core.policy import Invalid
from intranet.core.transaction import Transaction
from intranet.proposals.typing.models import KeptTyping
from intranet.proposals.typing.policy import may_keep_typing

LONGEST_PLACE, LONGEST_FIELDS, MOST_PLACES = 400, 500_000, 50
KEPT_FOR = timedelta(days=90)


def keep(tx: Transaction, place: str, fields: Mapping[str, str]) -> None:
    """Keep the fields of a form in place of what was kept for it.

    Nothing that others see changes, and nothing enters the journal. Raises Invalid when it is too
    much to keep.
    """
    tx.require(may_keep_typing)
    tx.keep_pages()
    told = canonical(dict(fields))
    if len(place) > LONGEST_PLACE or len(told) > LONGEST_FIELDS:
        raise Invalid(text="text_too_long")
    assert tx.actor.person_id is not None  # noqa: S101
    kept = tx.session.get(KeptTyping, (tx.actor.person_id, place))
    if kept is None:
        _make_room(tx, tx.actor.person_id)
        kept = KeptTyping(person_id=tx.actor.person_id, place=place)
        tx.session.add(kept)
    kept.fields, kept.at = told, tx.now


def forget(tx: Transaction, place: str) -> None:
    """Forget what was kept for a form: it was sent, or its author begins again."""
    tx.require(may_keep_typing)
    tx.session.execute(
        delete(KeptTyping).where(
            KeptTyping.person_id == tx.actor.person_id, KeptTyping.place == place
        )
    )


def _make_room(tx: Transaction, person_id: int) -> None:
    """Forget what is old, and the oldest of too many."""
    mine = select(KeptTyping).where(KeptTyping.person_id == person_id)
    rows = list(tx.session.scalars(mine.order_by(KeptTyping.at.desc())))
    for index, row in enumerate(rows):
        if index >= MOST_PLACES - 1 or row.at < tx.now - KEPT_FOR:
            tx.session.delete(row)
