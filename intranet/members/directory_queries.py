"""Everybody the cooperative knows, by name."""

from __future__ import annotations

from sqlalchemy import and_, select

from intranet.core.text import fold
from intranet.core.transaction import Reader
from intranet.members.models import Person, StatusPeriod
from intranet.members.policy import may_read_words, may_see_profiles
from intranet.members.queries import PersonCard, holds_on, today
from intranet.members.statuses import Status


def directory(reader: Reader, wanted: str = "") -> list[PersonCard]:
    """Everybody whose name or skills hold these words, by name, with the status of today.

    Readers who may not see profiles get the names of those who have a status that reads,
    and what these open to everybody.
    """
    query = (
        select(Person.id, Person.name, Person.skills, Person.visible_to, StatusPeriod.status)
        .outerjoin(
            StatusPeriod,
            and_(StatusPeriod.person_id == Person.id, holds_on(today(reader))),
        )
        .where(Person.erased_at.is_(None))
        .order_by(Person.name)
    )
    sees = bool(may_see_profiles(reader))
    words = fold(wanted).split()
    found = []
    for row in reader.session.execute(query):
        skills = row.skills if may_read_words(reader, row.id, row.visible_to) else ""
        if not all(word in fold(f"{row.name} {skills}") for word in words):
            continue
        if sees:
            found.append(PersonCard(row.id, row.name, row.status, skills))
        elif row.status not in (None, Status.FORMER):
            found.append(PersonCard(row.id, row.name, None, skills))
    return sorted(found, key=lambda card: fold(card.name))
