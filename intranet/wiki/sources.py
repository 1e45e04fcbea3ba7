"""The newest source of a page, whatever its kind, for who would make it a rule."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlsplit

from sqlalchemy import ColumnElement, select

from intranet.core.policy import NotFound
from intranet.core.text import slugify
from intranet.core.texts import text_of
from intranet.core.transaction import Reader
from intranet.members.statuses import of_statuses
from intranet.wiki.directory import own_slug, title_key
from intranet.wiki.models import Page, PageKind, Revision
from intranet.wiki.revisions import newest
from intranet.wiki.visibility import visible


@dataclass(frozen=True)
class PageSource:
    """A page with its newest text, as Markdown, and the revision that says it."""

    page_id: int
    slug: str
    title: str
    audience: str
    is_rule: bool
    is_archived: bool
    revision_id: int
    source: str

    @property
    def can_become_a_rule(self) -> bool:
        """Whether it is an ordinary page in use, for everybody of some statuses: a rule is not for
        a body or a few people only."""
        return not self.is_rule and not self.is_archived and of_statuses(self.audience)


def page_source(reader: Reader, page_id: int) -> PageSource:
    """The newest source of a page. Raises NotFound when there is none for this reader."""
    return _source(reader, Page.id == page_id)


def page_source_of(reader: Reader, slug: str) -> PageSource:
    """The newest source of the page at this address. Raises NotFound."""
    return _source(reader, Page.slug == slug)


def page_source_named(reader: Reader, typed: str) -> PageSource:
    """The newest source of the page that somebody names by its title, or else by its address.
    Raises NotFound."""
    name = typed.strip()
    try:
        return _source(reader, Page.title_key == title_key(name))
    except NotFound:
        return _source(reader, Page.slug == (own_slug(urlsplit(name).path) or slugify(name)))


def revision_source(reader: Reader, revision_id: int) -> str:
    """The source that a revision of a page said, for whoever may read the page."""
    return text_of(reader.session, reader.session.get_one(Revision, revision_id).text_digest)


def _source(reader: Reader, which: ColumnElement[bool]) -> PageSource:
    page = reader.session.scalars(select(Page).where(which, visible(reader))).one_or_none()
    if page is None:
        raise NotFound
    head = newest(reader.session, page.id)
    return PageSource(
        page_id=page.id,
        slug=page.slug,
        title=page.title,
        audience=page.audience,
        is_rule=page.kind == PageKind.RULE,
        is_archived=page.archived_at is not None or page.trashed_at is not None,
        revision_id=head.id,
        source=text_of(reader.session, head.text_digest),
    )
