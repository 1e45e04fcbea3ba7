"""What was done to one's account lately."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from intranet.auth.notices.models import Notice
from intranet.core.transaction import Reader
from intranet.members.models import Person

SHOWN = 10


@dataclass(frozen=True)
class NoticeLine:
    """What happened, when, and who did it, if that was somebody signed in."""

    code: str
    at: datetime
    by_id: int | None
    by: str | None


def latest(reader: Reader, account_id: int) -> list[NoticeLine]:
    """The last ten things that were done to an account, the latest first."""
    rows = reader.session.execute(
        select(Notice, Person.name)
        .outerjoin(Person, Person.id == Notice.by_id)
        .where(Notice.account_id == account_id)
        .order_by(Notice.id.desc())
        .limit(SHOWN)
    )
    return [NoticeLine(row.code, row.at, row.by_id, name) for row, name in rows]
