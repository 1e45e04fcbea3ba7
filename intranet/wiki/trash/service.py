"""Putting a page in the trash, and taking it out as it was."""

from __future__ import annotations

from intranet.core.policy import Invalid, NotFound
from intranet.core.transaction import Transaction
from intranet.wiki.models import Page
from intranet.wiki.policy import may_read_page
from intranet.wiki.redrawing import redraw_around
from intranet.wiki.trash.events import PageTakenFromTrash, PageTrashed
from intranet.wiki.trash.policy import may_take_from_trash, may_trash
from intranet.wiki.typed import clean_summary


def _page(tx: Transaction, page_id: int) -> Page:
    page = tx.session.get(Page, page_id, with_for_update=True)
    if page is None or not may_read_page(tx, page):
        raise NotFound
    return page


def trash_page(tx: Transaction, page_id: int, reason: str) -> None:
    """Put a page in the trash, with a reason. Nothing of it is deleted: text, history, name and
    address stay its own, and links to it look as if there were nothing. Twice changes nothing.

    Raises NotFound, Refused for a rule, Invalid without a reason.
    """
    page = _page(tx, page_id)
    tx.require(may_trash, page)
    said = clean_summary(reason)
    if not said:
        raise Invalid(reason="wiki.reason_missing")
    if page.trashed_at is not None:
        return
    page.trashed_at, page.trashed_by_id = tx.now, tx.actor.person_id
    page.trashed_because = said
    tx.record(PageTrashed(page.id))
    _draw_links(tx, page)


def take_from_trash(tx: Transaction, page_id: int) -> None:
    """Take a page out of the trash: the links to it lead there again. Twice changes nothing.

    Raises NotFound, Refused.
    """
    page = _page(tx, page_id)
    tx.require(may_take_from_trash, page)
    if page.trashed_at is None:
        return
    page.trashed_at = page.trashed_because = page.trashed_by_id = None
    tx.record(PageTakenFromTrash(page.id))
    _draw_links(tx, page)


def _draw_links(tx: Transaction, page: Page) -> None:
    tx.session.flush()
    redraw_around(tx, page, (page.title, page.slug))
