"""What lies in the trash: which pages, who put them there, when and why."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from intranet.core.policy import NotFound
from intranet.core.transaction import Reader
from intranet.members.models import Person
from intranet.wiki.models import Page
from intranet.wiki.visibility import visible

MOST = 500


@dataclass(frozen=True)
class Trashed:
    """A page in the trash."""

    slug: str
    title: str
    at: datetime
    by: str | None
    because: str


_COLUMNS = (Page.slug, Page.title, Page.trashed_at, Person.name, Page.trashed_because)


def trashed(reader: Reader) -> list[Trashed]:
    """The pages in the trash that this reader may know of, the latest first."""
    query = (
        select(*_COLUMNS)
        .outerjoin(Person, Person.id == Page.trashed_by_id)
        .where(Page.trashed_at.is_not(None), visible(reader))
        .order_by(Page.trashed_at.desc(), Page.id.desc())
        .limit(MOST)
    )
    return [Trashed(*row) for row in reader.session.execute(query)]


def trashed_page(reader: Reader, slug: str) -> Trashed:
    """The page in the trash that has this address. Raises NotFound."""
    query = (
        select(*_COLUMNS)
        .outerjoin(Person, Person.id == Page.trashed_by_id)
        .where(Page.trashed_at.is_not(None), Page.slug == slug, visible(reader))
    )
    row = reader.session.execute(query).one_or_none()
    if row is None:
        raise NotFound
    return Trashed(*row)
