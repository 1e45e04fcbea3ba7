"""Who else is writing on a page right now."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select

from intranet.core.transaction import Reader
from intranet.members.models import Person
from intranet.wiki.presence.models import Presence

LASTS = timedelta(seconds=75)
"""How long a sign of life holds: browsers give one every twenty seconds."""


@dataclass(frozen=True)
class Present:
    """Somebody else who writes on the page, and since when."""

    person_id: int
    name: str
    since: datetime


def others(reader: Reader, page_id: int) -> list[Present]:
    """Who else gave a sign of life on this page lately, the first to come first; for whoever may
    revise the page."""
    query = (
        select(Presence.person_id, Person.name, Presence.since)
        .join(Person, Person.id == Presence.person_id)
        .where(Presence.page_id == page_id, Presence.renewed_at > reader.now - LASTS)
        .where(Presence.person_id != (reader.actor.person_id or 0))
        .order_by(Presence.since, Presence.person_id)
    )
    return [Present(*row) for row in reader.session.execute(query)]
