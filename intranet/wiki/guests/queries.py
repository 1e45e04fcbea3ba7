"""Links for people outside: those of a page, and the page behind one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select

from intranet.auth.tokens import token_digest
from intranet.core.actor import SYSTEM
from intranet.core.policy import NotFound
from intranet.core.transaction import Reader
from intranet.files import queries as files
from intranet.files.queries import AttachmentCard
from intranet.members.models import Person
from intranet.members.queries import today
from intranet.members.statuses import is_open_to
from intranet.wiki.attachments.models import KIND, PageFile
from intranet.wiki.guests.models import PageGuestLink
from intranet.wiki.models import Page
from intranet.wiki.policy import is_in_use
from intranet.wiki.reading import PageView, page_by_slug


@dataclass(frozen=True)
class GuestLine:
    """A link for somebody outside; `is_open` while it leads to the page."""

    id: int
    guest: str
    by: str
    at: datetime
    ends_on: date
    is_open: bool


@dataclass(frozen=True)
class GuestPage:
    """What a link leads to: the page as it is today, and the last day of the link."""

    page: PageView
    files: frozenset[int]
    ends_on: date


def _holds(link: PageGuestLink, audience: str, day: date) -> bool:
    in_time = link.revoked_at is None and link.ends_on >= day
    return in_time and is_open_to(audience, link.audience)


def links_of(reader: Reader, page: PageView) -> list[GuestLine]:
    """The links to a page that the reader has been shown, the newest first."""
    query = (
        select(PageGuestLink, Person.name)
        .join(Person, Person.id == PageGuestLink.by_id)
        .where(PageGuestLink.page_id == page.id)
        .order_by(PageGuestLink.id.desc())
    )
    day = today(reader)
    return [
        GuestLine(link.id, link.guest, by, link.at, link.ends_on, _holds(link, page.audience, day))
        for link, by in reader.session.execute(query)
    ]


def guest_page(reader: Reader, token: str) -> GuestPage:
    """The page behind a link. Raises NotFound for a link that is unknown, over or ended, and for a
    page that was put away or closed to some of its readers since."""
    query = (
        select(PageGuestLink, Page)
        .join(Page, Page.id == PageGuestLink.page_id)
        .where(PageGuestLink.token_digest == token_digest(token))
    )
    row = reader.session.execute(query).one_or_none()
    day = today(reader)
    if row is None or not _holds(row[0], row[1].audience, day) or not is_in_use(row[1]):
        raise NotFound
    whole = Reader(reader.session, SYSTEM, reader.now)
    numbers = select(PageFile.id).where(
        PageFile.page_id == row[1].id, PageFile.removed_at.is_(None)
    )
    kept = frozenset(reader.session.scalars(numbers))
    return GuestPage(page_by_slug(whole, row[1].slug, day), kept, row[0].ends_on)


def guest_file(reader: Reader, token: str, number: int) -> AttachmentCard:
    """The newest version of a file of the page behind a link. Raises NotFound as that does."""
    if number not in guest_page(reader, token).files:
        raise NotFound
    return files.beside(reader, KIND, number)[-1]
