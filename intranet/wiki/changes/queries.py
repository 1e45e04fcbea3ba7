"""What changed in the wiki: by person, branch, kind and time, and since one's last visit."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, Select, and_, func, or_, select

from intranet.core import clock
from intranet.core.transaction import Reader
from intranet.members.models import Person
from intranet.wiki.changes.models import ChangesSeen, PageSeen
from intranet.wiki.models import Page, Revision
from intranet.wiki.queries import Change, PageCard, recent_changes

MOST_UNSEEN = 500
FIRST_LOOK = timedelta(days=30)


@dataclass(frozen=True)
class Asked:
    """Which changes are asked for; None leaves everything in."""

    person: int | None = None
    branch: int | None = None
    kind: str = ""
    since: date | None = None
    until: date | None = None
    without_minor: bool = False


def changes(
    reader: Reader, asked: Asked, zone: ZoneInfo, before_id: int | None, limit: int
) -> list[Change]:
    """The changes asked for, the newest first; days are those of the cooperative's zone. A branch
    is a page with all pages below it."""
    only: list[ColumnElement[bool]] = []
    if asked.person is not None:
        only.append(Revision.author_id == asked.person)
    if asked.kind:
        only.append(Revision.kind == asked.kind)
    if asked.since:
        only.append(Revision.at >= clock.start_of_day(asked.since, zone))
    if asked.until:
        only.append(Revision.at < clock.start_of_day(asked.until + timedelta(days=1), zone))
    if asked.branch is not None:
        only.append(Page.id.in_(_branch(asked.branch)))
    return recent_changes(reader, limit, before_id, minor=not asked.without_minor, only=only)


def _branch(page_id: int) -> Select[int]:
    below = select(Page.id).where(Page.id == page_id).cte(recursive=True)
    below = below.union(select(Page.id).join(below, Page.parent_id == below.c.id))
    return select(below.c.id)


def authors(reader: Reader) -> list[tuple[int, str]]:
    """Everybody who ever wrote in the wiki, by name."""
    wrote = select(Revision.author_id).where(Revision.author_id.is_not(None)).distinct()
    query = select(Person.id, Person.name).where(Person.id.in_(wrote)).order_by(Person.name)
    return [(row.id, row.name) for row in reader.session.execute(query)]


@dataclass(frozen=True)
class Unseen:
    """A page that others changed since the reader's mark: from which revision to which, by whom,
    and the latest change."""

    page: PageCard
    seen_number: int
    number: int
    count: int
    authors: tuple[str, ...]
    latest: Change


@dataclass(frozen=True)
class SinceLastVisit:
    """What others changed since the reader said to have seen everything; without a mark, of the
    last thirty days. `newest_id` is what a new mark is put at, `is_cut` says that there is more."""

    has_mark: bool
    pages: tuple[Unseen, ...]
    newest_id: int | None
    is_cut: bool


def since_last_visit(reader: Reader) -> SinceLastVisit:
    """What is new for this reader, the latest page first, in three statements."""
    who = reader.actor.person_id
    mark = reader.session.get(ChangesSeen, who) if who is not None else None
    seen = and_(PageSeen.page_id == Revision.page_id, PageSeen.person_id == who)
    read_up_to = select(PageSeen.revision_id).where(seen).correlate(Revision).scalar_subquery()
    only = [
        or_(Revision.author_id.is_(None), Revision.author_id != who),
        Revision.id > func.coalesce(read_up_to, 0),
    ]
    if mark:
        only.append(Revision.id > mark.revision_id)
    else:
        only.append(Revision.at >= reader.now - FIRST_LOOK)
    found = recent_changes(reader, MOST_UNSEEN, only=only)
    newest = reader.session.scalar(select(func.max(Revision.id)))
    return SinceLastVisit(mark is not None, _by_page(found), newest, len(found) == MOST_UNSEEN)


def _by_page(found: list[Change]) -> tuple[Unseen, ...]:
    pages: dict[int, list[Change]] = {}
    for change in found:
        pages.setdefault(change.page.id, []).append(change)
    return tuple(
        Unseen(
            page=lines[0].page,
            seen_number=lines[-1].number - 1,
            number=lines[0].number,
            count=len(lines),
            authors=tuple(dict.fromkeys(line.author for line in lines if line.author)),
            latest=lines[0],
        )
        for lines in pages.values()
    )


def seen_number(reader: Reader, page_id: int) -> int | None:
    """The number of the revision up to which the reader said to have read a page."""
    query = (
        select(Revision.number)
        .join(PageSeen, PageSeen.revision_id == Revision.id)
        .where(PageSeen.page_id == page_id, PageSeen.person_id == reader.actor.person_id)
    )
    return reader.session.scalars(query).one_or_none()
