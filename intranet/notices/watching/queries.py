"""What somebody follows."""

from __future__ import annotations

from sqlalchemy import select

from intranet.core.transaction import Reader
from intranet.members.models import Body
from intranet.notices.watching.models import Watch
from intranet.notices.watching.subjects import Subject, subjects


def mine(reader: Reader) -> list[Subject]:
    """What the reader follows and may still read."""
    query = select(Watch.kind, Watch.number).where(Watch.person_id == reader.actor.person_id)
    return subjects(reader, [(row.kind, row.number) for row in reader.session.execute(query)])


def bodies_to_follow(reader: Reader, followed: list[Subject]) -> list[tuple[int, str]]:
    """The bodies that are not followed yet."""
    known = {one.number for one in followed if one.kind == "body"}
    rows = reader.session.execute(select(Body.id, Body.name).order_by(Body.position, Body.id))
    return [(row.id, row.name) for row in rows if row.id not in known]
