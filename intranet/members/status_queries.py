"""What people are on a day, by number: the statuses behind rolls, proxies and advice."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from sqlalchemy import and_, or_, select

from intranet.core.transaction import Reader
from intranet.members.models import Person, StatusPeriod
from intranet.members.queries import PersonCard
from intranet.members.statuses import Status


def statuses_on(reader: Reader, person_ids: Collection[int], on: date) -> dict[int, str]:
    """The status that each of these people has on a day; who has none is left out."""
    rows = reader.session.execute(
        select(StatusPeriod.person_id, StatusPeriod.status)
        .where(StatusPeriod.person_id.in_(person_ids), StatusPeriod.starts_on <= on)
        .where(or_(StatusPeriod.ends_on.is_(None), StatusPeriod.ends_on > on))
    )
    return dict(rows.all())


def people_here(reader: Reader, on: date, among: Collection[int] | None = None) -> list[PersonCard]:
    """Those of these people, or of all, who belong to the cooperative on a day, by name."""
    holds = and_(
        StatusPeriod.person_id == Person.id,
        StatusPeriod.starts_on <= on,
        or_(StatusPeriod.ends_on.is_(None), StatusPeriod.ends_on > on),
        StatusPeriod.status != Status.FORMER,
    )
    query = select(Person.id, Person.name, StatusPeriod.status).join(StatusPeriod, holds)
    if among is not None:
        query = query.where(Person.id.in_(among))
    return [PersonCard(*row) for row in reader.session.execute(query.order_by(Person.name))]


def left_since(reader: Reader, person_ids: Collection[int], on: date) -> dict[int, date | None]:
    """Those of these people who no longer belong to the cooperative on a day, with the day on
    which they left, None when it is not known."""
    here = statuses_on(reader, person_ids, on)
    gone = [number for number in person_ids if here.get(number, Status.FORMER) == Status.FORMER]
    if not gone:
        return {}
    rows = reader.session.execute(
        select(StatusPeriod.person_id, StatusPeriod.ends_on)
        .where(StatusPeriod.person_id.in_(gone), StatusPeriod.status != Status.FORMER)
        .where(StatusPeriod.ends_on.is_not(None), StatusPeriod.ends_on <= on)
        .order_by(StatusPeriod.ends_on)
    )
    days = dict(rows.all())
    return {number: days.get(number) for number in gone}
