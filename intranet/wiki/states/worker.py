"""What the clock brings about for pages: telling once that one is to be looked at again."""

from __future__ import annotations

import time

from sqlalchemy import or_, select

from intranet.core.actor import SYSTEM
from intranet.core.transaction import reader, transaction
from intranet.members.queries import today
from intranet.wiki.models import Page
from intranet.wiki.states.events import PageReviewDue

LOOK_SECONDS = 60
_looked = {"at": -LOOK_SECONDS * 1.0}


def tell_of_reviews() -> int:
    """Tell which pages are to be looked at again, looking at most once a minute; gives how many."""
    if time.monotonic() - _looked["at"] < LOOK_SECONDS:
        return 0
    _looked["at"] = time.monotonic()
    return tell_now()


def tell_now() -> int:
    """Tell once of each page whose day has come; gives how many."""
    look = reader(SYSTEM)
    day = today(look)
    query = select(Page.id).where(
        Page.review_on <= day,
        Page.archived_at.is_(None),
        Page.trashed_at.is_(None),
        or_(Page.review_told_for.is_(None), Page.review_told_for != Page.review_on),
    )
    due = list(look.session.scalars(query))
    look.session.rollback()
    for page_id in due:
        with transaction(None) as tx:
            page = tx.session.get_one(Page, page_id, with_for_update=True)
            page.review_told_for = page.review_on
            tx.record(PageReviewDue(page_id))
    return len(due)
