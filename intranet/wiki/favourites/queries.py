"""The pages that somebody keeps at hand."""

from __future__ import annotations

from sqlalchemy import select

from intranet.core.transaction import Reader
from intranet.wiki.favourites.models import Favourite
from intranet.wiki.models import Page
from intranet.wiki.reading import PageRef
from intranet.wiki.visibility import visible

MOST = 200


def favourites(reader: Reader, limit: int = MOST) -> list[PageRef]:
    """The actor's own favourites among the pages they may still read, by name."""
    query = (
        select(Page.slug, Page.title)
        .join(Favourite, Favourite.page_id == Page.id)
        .where(Favourite.person_id == reader.actor.person_id, visible(reader))
        .order_by(Page.title_key)
        .limit(limit)
    )
    return [PageRef(*row) for row in reader.session.execute(query)]
