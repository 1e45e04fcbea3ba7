"""Rights go down the tree: a page without rights of its own has those of the page above it."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import select

from intranet.core.transaction import Transaction
from intranet.members.statuses import of_statuses
from intranet.wiki.events import PageAudienceChanged, PageWritersChanged
from intranet.wiki.models import Page, PageKind
from intranet.wiki.policy import may_put_below, may_set_audience
from intranet.wiki.redrawing import redraw, redraw_around


def give_rights(tx: Transaction, page: Page, audience: str, writers: str, *, own: bool) -> None:
    """Give a page its readers and writers, and with it all below that follow it.

    Links to a page with other readers are drawn again: to those who may no longer read it they
    look as if there were nothing.
    """
    page.has_own_rights = own
    changed = [one for one in _branch(tx, page) if _takes(one, audience, writers, tx)]
    tx.session.flush()
    redraw(tx.session, [one.id for one in changed])
    for one in changed:
        redraw_around(tx, one, (one.title, one.slug))


def _takes(page: Page, audience: str, writers: str, tx: Transaction) -> bool:
    """Write the rights down; whether other people than before may read the page."""
    if page.writers != writers:
        page.writers = writers
        tx.record(PageWritersChanged(page.id, writers))
    if page.audience == audience:
        return False
    page.audience = audience
    tx.record(PageAudienceChanged(page.id, audience))
    return True


def _branch(tx: Transaction, page: Page) -> Iterator[Page]:
    """A page and all below it that follow it. A rule is never for some people only: it keeps the
    readers it has, as its own."""
    waiting = [page]
    while waiting:
        above = waiting.pop()
        yield above
        query = select(Page).where(Page.parent_id == above.id, Page.has_own_rights.is_(False))
        for below in tx.session.scalars(query.order_by(Page.id)):
            if below.kind == PageKind.RULE and not of_statuses(above.audience):
                below.has_own_rights = True
            else:
                waiting.append(below)


def require_place(tx: Transaction, page: Page, parent: Page | None) -> None:
    """Raise Refused unless the actor may put a page below another one, and may change its readers
    when it would take others there. Its order among the pages beside it is free."""
    if parent is None or parent.id == page.parent_id:
        return
    tx.require(may_put_below, parent)
    if not page.has_own_rights and parent.audience != page.audience:
        tx.require(may_set_audience, page, parent.audience)


def take_place(tx: Transaction, page: Page, parent: Page | None) -> None:
    """Give a page that was just put elsewhere the rights of its place, unless it has its own."""
    if not page.has_own_rights:
        tx.session.flush()
        follow(tx, page, parent)


def follow(tx: Transaction, page: Page, above: Page | None) -> None:
    """Let a page have the rights of the page above it; one at the top keeps those it has."""
    if above is None:
        page.has_own_rights = True
    else:
        give_rights(tx, page, above.audience, above.writers, own=False)
