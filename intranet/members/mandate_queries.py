"""Reads about mandates."""

from __future__ import annotations

from sqlalchemy import Select, or_, select

from intranet.core.transaction import Reader
from intranet.members import queries as members
from intranet.members.models import Mandate


def holds_mandate(reader: Reader, body_id: int) -> bool:
    """Whether the person looking holds a mandate of this body today."""
    return reader.session.scalar(_of_today(reader).where(Mandate.body_id == body_id)) is not None


def holds_any_mandate(reader: Reader) -> bool:
    """Whether the person looking holds a mandate of any body today."""
    return reader.session.scalar(_of_today(reader)) is not None


def _of_today(reader: Reader) -> Select[int]:
    today = members.today(reader)
    return (
        select(Mandate.id)
        .where(Mandate.person_id == reader.actor.person_id, Mandate.starts_on <= today)
        .where(or_(Mandate.ends_on.is_(None), Mandate.ends_on > today))
        .limit(1)
    )
