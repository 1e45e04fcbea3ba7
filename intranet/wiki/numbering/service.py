"""Asking for numbers before the headings of a page."""

from __future__ import annotations

from intranet.core.policy import NotFound
from intranet.core.transaction import Transaction
from intranet.wiki.events import PageNumbered
from intranet.wiki.models import Page
from intranet.wiki.policy import may_read_page, may_revise
from intranet.wiki.redrawing import redraw


def number_headings(tx: Transaction, page_id: int, *, wanted: bool) -> None:
    """Show the headings of a page with numbers, or without; its text stays as it is.

    A page that becomes a rule keeps what was chosen. Raises NotFound, Refused for a rule.
    """
    page = tx.session.get(Page, page_id, with_for_update=True)
    if page is None or not may_read_page(tx, page):
        raise NotFound
    tx.require(may_revise, page)
    if page.has_numbers != wanted:
        page.has_numbers = wanted
        tx.session.flush()
        redraw(tx.session, [page.id])
        tx.record(PageNumbered(page.id))
