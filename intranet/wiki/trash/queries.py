"""What lies in the trash: which pages, who put them there, when and why."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, select

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


def trashed(reader: Reader) -> list[Trashed]:
    """The pages in the trash that this reader may know of, the latest first."""
    query = _in_trash(reader).order_by(Page.trashed_at.desc(), Page.id.desc()).limit(MOST)
    return [_trashed(page, name) for page, name in reader.session.execute(query)]


def trashed_page(reader: Reader, slug: str) -> Trashed:
    """The page in the trash that has this address. Raises NotFound."""
    row = reader.session.execute(_in_trash(reader).where(Page.slug == slug)).one_or_none()
    if row is None:
        raise NotFound
    return _trashed(*row)


def _in_trash(reader: Reader) -> Select[Page, str]:
    return (
        select(Page, Person.name)
        .outerjoin(Person, Person.id == Page.trashed_by_id)
        .where(Page.trashed_at.is_not(None), visible(reader))
    )


def _trashed(page: Page, by: str | None) -> Trashed:
    assert page.trashed_at is not None  # noqa: S101
    assert page.trashed_because is not None  # noqa: S101
    return Trashed(page.slug, page.title, page.trashed_at, by, page.trashed_because)
