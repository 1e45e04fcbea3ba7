"""Reads about mandates."""

from __future__ import annotations

from sqlalchemy import or_, select

from intranet.core.transaction import Reader
from intranet.members import queries as members
from intranet.members.models import Mandate


def holds_mandate(reader: Reader, body_id: int) -> bool:
    """Whether the person looking holds a mandate of this body today."""
    today = members.today(reader)
    found = reader.session.scalar(
        select(Mandate.id)
        .where(Mandate.person_id == reader.actor.person_id, Mandate.body_id == body_id)
        .where(Mandate.starts_on <= today)
        .where(or_(Mandate.ends_on.is_(None), Mandate.ends_on > today))
        .limit(1)
    )
    return found is not None
