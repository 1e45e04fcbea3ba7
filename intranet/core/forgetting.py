"""What a room keeps for one person alone goes with that person: the one way for every room.

A room says in its `worker.py` which of its tables hold nothing but what belongs to one person, by
`person_id`; the table of subscriptions wakes it when somebody is erased. What is a record stays:
`tests/house/test_forgetting.py` asks of each table which of the two it is.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from sqlalchemy import Table, delete

from intranet.core.db import Base
from intranet.core.deliveries import Reaction
from intranet.core.events import EventRow
from intranet.core.transaction import Reader, transaction


@dataclass(frozen=True)
class Forgetting(Reaction):
    """The reaction of one room, and the tables of which it removes a person's rows."""

    owned: tuple[type[Base], ...] = ()


def forgetting(room: str, *owned: type[Base]) -> Forgetting:
    """Remove the rows of a person from these tables of a room when that person is erased.

    The event names them by `person_id`, and so does each of the tables.
    """
    return Forgetting(f"{room}.forgetting", partial(_forget, owned), owned)


def _forget(owned: Sequence[type[Base]], look: Reader, rows: Sequence[EventRow]) -> None:
    """Remove the rows; those removed already are no more, so it may be repeated."""
    people = [int(json.loads(row.payload)["person_id"]) for row in rows]
    look.session.rollback()
    with transaction(None) as tx:
        for model in owned:
            table = model.__table__
            assert isinstance(table, Table)  # noqa: S101
            tx.session.execute(delete(table).where(table.c.person_id.in_(people)))
