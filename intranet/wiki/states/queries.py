"""Which pages wait to be looked at again by whoever looks after them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from intranet.core.transaction import Reader
from intranet.members.queries import today
from intranet.wiki.models import Page
from intranet.wiki.visibility import listed


@dataclass(frozen=True)
class ReviewLine:
    """A page that its owner is to look at again since a day."""

    slug: str
    title: str
    review_on: date


def reviews_to_make(reader: Reader) -> list[ReviewLine]:
    """The pages the reader owns whose day has come, the longest waiting first."""
    query = (
        select(Page.slug, Page.title, Page.review_on)
        .where(Page.owner_id == reader.actor.person_id, Page.review_on <= today(reader))
        .where(listed(reader))
        .order_by(Page.review_on, Page.title_key)
    )
    return [ReviewLine(slug, title, on) for slug, title, on in reader.session.execute(query) if on]
