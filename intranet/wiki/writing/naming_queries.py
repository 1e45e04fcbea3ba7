"""Pages by a part of their name, for whoever is typing a link."""

from __future__ import annotations

from sqlalchemy import case, select

from intranet.core.transaction import Reader
from intranet.wiki.directory import title_key
from intranet.wiki.models import Page
from intranet.wiki.reading import PageRef
from intranet.wiki.visibility import listed


def pages_like(reader: Reader, words: str, most: int) -> list[PageRef]:
    """Pages in use that this person may read and whose name holds all these words, accents and
    case aside: names that begin with them first. Without words, the newest pages."""
    wanted = title_key(words)
    query = select(Page.slug, Page.title).where(listed(reader)).limit(most)
    if not wanted:
        newest = query.order_by(Page.id.desc())
        return [PageRef(*row) for row in reader.session.execute(newest)]
    begins = Page.title_key.startswith(wanted, autoescape=True)
    closest = case((begins, 0), else_=1)
    for word in wanted.split():
        query = query.where(Page.title_key.contains(word, autoescape=True))
    query = query.order_by(closest, Page.title_key)
    return [PageRef(*row) for row in reader.session.execute(query)]
