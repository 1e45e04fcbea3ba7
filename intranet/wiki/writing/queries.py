"""What a form of the wiki begins with: a page or one of its parts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import and_, func, select

from intranet.core.transaction import Reader
from intranet.wiki.history import EditBase, edit_base
from intranet.wiki.models import Page, Revision
from intranet.wiki.revisions import revision_of, state_of
from intranet.wiki.writing.sections import Section, section_at


@dataclass(frozen=True)
class Opened:
    """A text that somebody opened to change it: a revision, or the part of it under one heading."""

    base: EditBase
    part: Section | None = None

    @property
    def text(self) -> str:
        """What stands in the form."""
        return self.part.text if self.part else self.base.source

    @property
    def section(self) -> str:
        """The id of the heading of the part, or nothing for the whole."""
        return self.part.block_id if self.part else ""

    def whole(self, typed: str) -> str:
        """The whole page with what was typed in the form."""
        return self.part.whole(typed) if self.part else typed


def opened(reader: Reader, slug: str, revision_id: int | None = None, section: str = "") -> Opened:
    """A revision of a page, by default the newest; whole when it has no such part. Raises
    NotFound."""
    base = edit_base(reader, slug, revision_id)
    if not section:
        return Opened(base)
    revision = revision_of(reader.session, base.page.id, base.revision_id)
    return Opened(base, section_at(state_of(reader.session, revision).blocks, section))


def last_revised_at(reader: Reader, page_id: int) -> datetime | None:
    """When the person looking last wrote this page, or None."""
    mine = and_(Revision.page_id == page_id, Revision.author_id == reader.actor.person_id)
    return reader.session.scalar(select(func.max(Revision.at)).where(mine))


def last_created_at(reader: Reader) -> datetime | None:
    """When the person looking last wrote a new page, or None."""
    mine = Page.created_by_id == reader.actor.person_id
    return reader.session.scalar(select(func.max(Page.created_at)).where(mine))
