"""Publishing a draft, calling a text a working version, naming who looks after a page and when,
protecting it."""

from __future__ import annotations

from datetime import date

from intranet.core.policy import Invalid, NotFound
from intranet.core.transaction import Transaction
from intranet.members.queries import people_with_status, today
from intranet.members.statuses import AUDIENCES
from intranet.wiki.models import Page
from intranet.wiki.policy import (
    may_keep_page,
    may_protect,
    may_read_page,
    may_revise,
    may_write_here,
)
from intranet.wiki.rights.service import Rights, set_rights
from intranet.wiki.states.events import (
    PageBeingWritten,
    PageFinished,
    PageOwnerNamed,
    PageProtected,
    PagePublished,
    PageReviewPlanned,
    PageUnprotected,
)
from intranet.wiki.typed import clean_summary


def _page(tx: Transaction, page_id: int) -> Page:
    page = tx.session.get(Page, page_id, with_for_update=True)
    if page is None or not may_read_page(tx, page):
        raise NotFound
    return page


def publish_page(tx: Transaction, page_id: int, chosen: Rights | None) -> None:
    """Give a draft the readers it is for; None means those of the page above. Twice changes
    nothing. Raises NotFound, Refused, Invalid as set_rights does."""
    page = _page(tx, page_id)
    tx.require(may_write_here, page)
    if page.is_draft:
        set_rights(tx, page_id, chosen)
        page.is_draft = False
        tx.record(PagePublished(page_id))


def call_working(tx: Transaction, page_id: int, is_working: bool) -> None:
    """Say that the text of a page is a working version, which its page shows, or that it is
    finished. Twice changes nothing. Raises NotFound, and Refused for a rule."""
    page = _page(tx, page_id)
    tx.require(may_revise, page)
    if page.is_working != is_working:
        page.is_working = is_working
        tx.record(PageBeingWritten(page_id) if is_working else PageFinished(page_id))


def name_owner(tx: Transaction, page_id: int, owner_id: int | None) -> None:
    """Say who looks after a page, or that nobody does.

    Raises NotFound, Refused, and Invalid for somebody who may not read the page's status audience.
    """
    page = _page(tx, page_id)
    tx.require(may_keep_page, page)
    statuses = [one for one, opened in AUDIENCES.items() if "workers" in opened]
    known = {person.id for person in people_with_status(tx, statuses, today(tx))}
    if owner_id is not None and owner_id not in known:
        raise Invalid(owner="wiki.people_unknown")
    if page.owner_id != owner_id:
        page.owner_id = owner_id
        tx.record(PageOwnerNamed(page_id, owner_id))


def plan_review(tx: Transaction, page_id: int, on: date | None) -> None:
    """Say on which day a page is to be looked at again, or on none.

    Raises NotFound, Refused, and Invalid for a day that is past.
    """
    page = _page(tx, page_id)
    tx.require(may_keep_page, page)
    if on is not None and on <= today(tx):
        raise Invalid(review_on="wiki.review_in_the_past")
    if page.review_on != on:
        page.review_on, page.review_told_for = on, None
        tx.record(PageReviewPlanned(page_id, on))


def protect_page(tx: Transaction, page_id: int, reason: str) -> None:
    """Let only the owner and the administrators change a page, for a reason that it shows; an
    empty reason takes the protection away. Raises NotFound, Refused, Invalid."""
    page = _page(tx, page_id)
    tx.require(may_protect, page)
    said = clean_summary(reason).rstrip(".") or None
    if page.protected_because == said:
        return
    page.protected_because = said
    tx.record(PageProtected(page_id) if said else PageUnprotected(page_id))
