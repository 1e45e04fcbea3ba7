"""One mail a day or a week to each person, with what happened until its hour; none for nothing."""

from __future__ import annotations

import time
from datetime import datetime, timedelta

from sqlalchemy import select, update

from intranet.core.actor import SYSTEM
from intranet.core.transaction import Reader, reader, transaction
from intranet.members.queries import cooperative
from intranet.notices.choices import choices
from intranet.notices.digests.cutoffs import last_cutoff
from intranet.notices.kinds import Way
from intranet.notices.models import Notice
from intranet.notices.quiet import next_moment
from intranet.outbox import post
from intranet.outbox.models import Message
from intranet.outbox.queue import Order, lay_down

DIGEST = "digest"
LOOK_SECONDS = 30
OLDEST = {Way.DAILY: timedelta(days=3), Way.WEEKLY: timedelta(days=10)}
"""What is older is no news any more: on the day on which mail is set up, nobody gets all of a past
year at once. It stays in the list of the application."""
_looked = {"at": -LOOK_SECONDS * 1.0}


def make_digests() -> int:
    """Lay down the mails whose hour has come, looking at times; gives how many."""
    if time.monotonic() - _looked["at"] < LOOK_SECONDS:
        return 0
    _looked["at"] = time.monotonic()
    return make_now()


def make_now() -> int:
    """Lay down the mails whose hour has come; gives how many. Nothing without a mail server."""
    ways = post.current()
    if ways.mail is None:
        return 0
    made = 0
    for way in (Way.DAILY, Way.WEEKLY):
        look = reader(SYSTEM)
        zone = cooperative(look.session).zone
        day, cutoff = last_cutoff(look.now, way, ways.digest_hour, zone)
        people = _waiting(look, way, cutoff)
        look.session.rollback()
        made += sum(_make(person, way, f"{way}:{day}", cutoff) for person in people)
    return made


def _waiting(look: Reader, way: Way, cutoff: datetime) -> list[int]:
    query = (
        select(Notice.person_id)
        .where(Notice.way == way, Notice.message_id.is_(None), Notice.read_at.is_(None))
        .where(Notice.at < cutoff, Notice.at >= cutoff - OLDEST[way])
        .distinct()
        .order_by(Notice.person_id)
    )
    return list(look.session.scalars(query))


def _make(person_id: int, way: Way, period: str, cutoff: datetime) -> bool:
    """One mail for one person and one day, whoever asks for it how often."""
    with transaction(None) as tx:
        tx.keep_pages()
        quiet = choices(tx, [person_id]).quiet_of(person_id)
        due = next_moment(tx.now, quiet, cooperative(tx.session).zone)
        key = f"digest:{period}:person:{person_id}"
        if not lay_down(tx, Order(key, DIGEST, due, person_id)):
            return False
        number = tx.session.scalars(select(Message.id).where(Message.key == key)).one()
        tx.session.execute(
            update(Notice)
            .where(Notice.person_id == person_id, Notice.way == way, Notice.at < cutoff)
            .where(Notice.at >= cutoff - OLDEST[way])
            .where(Notice.message_id.is_(None), Notice.read_at.is_(None))
            .values(message_id=number)
        )
        return True
