"""What the clock brings about for decisions, each telling in a transaction of its own."""

from __future__ import annotations

import time

from intranet.core.actor import SYSTEM
from intranet.core.transaction import reader, transaction
from intranet.decisions.reviews import telling

LOOK_SECONDS = 60
_looked = {"at": -LOOK_SECONDS * 1.0}


def tell_of_dates() -> int:
    """Tell what the day brought, looking at most once a minute; gives how much was told."""
    if time.monotonic() - _looked["at"] < LOOK_SECONDS:
        return 0
    _looked["at"] = time.monotonic()
    return tell_now()


def tell_now() -> int:
    """Tell everything that is to be told today; gives how much."""
    look = reader(SYSTEM)
    waiting = telling.to_tell(look)
    look.session.rollback()
    told = 0
    for one in waiting:
        with transaction(None) as tx:
            told += telling.tell(tx, one)
    return told
