"""Telling once of each mandate that it ends soon, so that somebody is found in time."""

from __future__ import annotations

import time

from sqlalchemy import select

from intranet.core.actor import SYSTEM
from intranet.core.transaction import Reader, reader, transaction
from intranet.members import queries as members
from intranet.members.events import MandateEndsSoon
from intranet.members.mandate_queries import SOON
from intranet.members.models import Mandate

LOOK_SECONDS = 60
_looked = {"at": -LOOK_SECONDS * 1.0}


def tell_of_ends() -> int:
    """Tell of mandates that end soon, looking at most once a minute; gives of how many."""
    if time.monotonic() - _looked["at"] < LOOK_SECONDS:
        return 0
    _looked["at"] = time.monotonic()
    return tell_now()


def tell_now() -> int:
    """Tell of each mandate that ends within 30 days and was not told of; gives of how many."""
    look = reader(SYSTEM)
    waiting = bool(_ending(look))
    look.session.rollback()
    if not waiting:
        return 0
    with transaction(None) as tx:
        ending = _ending(tx)
        for mandate in ending:
            mandate.end_told_at = tx.now
            tx.record(MandateEndsSoon(mandate.person_id, mandate.id))
    return len(ending)


def _ending(look: Reader) -> list[Mandate]:
    today = members.today(look)
    query = select(Mandate).where(
        Mandate.end_told_at.is_(None),
        Mandate.starts_on <= today,
        Mandate.ends_on > today,
        Mandate.ends_on <= today + SOON,
    )
    return list(look.session.scalars(query))
