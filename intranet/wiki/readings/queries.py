"""Who has read a rule, who has not, and what waits for me to read."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import and_, select

from intranet.core.policy import NotFound
from intranet.core.transaction import Reader
from intranet.members.queries import PersonCard, people_with_status, today
from intranet.wiki.models import Page, Revision
from intranet.wiki.readings.models import Reading, ReadingRequest
from intranet.wiki.readings.policy import asked_statuses, may_see_who_read
from intranet.wiki.readings.texts import asked_text
from intranet.wiki.visibility import listed, visible


@dataclass(frozen=True)
class ToRead:
    """A rule that waits to be read."""

    slug: str
    title: str
    decision_number: str | None


@dataclass(frozen=True)
class HasRead:
    """Somebody who said to have read a text, and when."""

    person: PersonCard
    at: datetime


@dataclass(frozen=True)
class ReadingPage:
    """What is known about the reading of one rule. `revision_id` is the text to be read, None
    while none is in force. Who read it and who did not is empty for readers who may not see it."""

    page: Page
    slug: str
    title: str
    is_asked: bool
    asked_at: datetime | None
    revision_id: int | None
    decision_number: str | None
    in_force_on: date | None
    mine_at: datetime | None
    read: tuple[HasRead, ...] = ()
    unread: tuple[PersonCard, ...] = ()


_OPEN = and_(ReadingRequest.page_id == Page.id, ReadingRequest.ended_at.is_(None))


def is_asked(reader: Reader, page_id: int) -> bool:
    """Whether a rule is to be read by everybody whom it concerns."""
    still = (ReadingRequest.page_id == page_id, ReadingRequest.ended_at.is_(None))
    return reader.session.scalar(select(ReadingRequest.id).where(*still).limit(1)) is not None


def to_read(reader: Reader) -> list[ToRead]:
    """The rules that the reader is asked to read and has not yet, by title."""
    if reader.actor.status is None:
        return []
    text = asked_text(today(reader))
    read = and_(Reading.revision_id == Revision.id, Reading.person_id == reader.actor.person_id)
    query = (
        select(Page.slug, Page.title, Revision.decision_number, Page.audience)
        .join(ReadingRequest, _OPEN)
        .join(Revision, Revision.id == text)
        .outerjoin(Reading, read)
        .where(listed(reader), Reading.person_id.is_(None))
        .order_by(Page.title_key)
    )
    return [
        ToRead(slug, title, number)
        for slug, title, number, audience in reader.session.execute(query)
        if reader.actor.status in asked_statuses(audience)
    ]


def reading_page(reader: Reader, slug: str) -> ReadingPage:
    """The reading of the rule at this address, in a constant number of questions.

    Raises NotFound when there is no such page for this reader.
    """
    query = (
        select(Page, ReadingRequest, Revision)
        .outerjoin(ReadingRequest, _OPEN)
        .outerjoin(Revision, Revision.id == asked_text(today(reader)))
        .where(Page.slug == slug, visible(reader))
    )
    row = reader.session.execute(query).one_or_none()
    if row is None:
        raise NotFound
    page, request, revision = row
    read, unread = _people(reader, page, revision) if revision else ((), ())
    mine = [one.at for one in read if one.person.id == reader.actor.person_id]
    shown = bool(may_see_who_read(reader, page))
    return ReadingPage(
        page=page,
        slug=page.slug,
        title=page.title,
        is_asked=request is not None,
        asked_at=request.asked_at if request else None,
        revision_id=revision.id if revision else None,
        decision_number=revision.decision_number if revision else None,
        in_force_on=revision.in_force_on if revision else None,
        mine_at=mine[0] if mine else None,
        read=read if shown else (),
        unread=unread if shown else (),
    )


def _people(
    reader: Reader, page: Page, revision: Revision
) -> tuple[tuple[HasRead, ...], tuple[PersonCard, ...]]:
    """The people asked today, by name: those who read this text, and those who did not."""
    query = select(Reading.person_id, Reading.at).where(Reading.revision_id == revision.id)
    when = {row.person_id: row.at for row in reader.session.execute(query)}
    asked = people_with_status(reader, asked_statuses(page.audience), today(reader))
    read = tuple(HasRead(person, when[person.id]) for person in asked if person.id in when)
    return read, tuple(person for person in asked if person.id not in when)
