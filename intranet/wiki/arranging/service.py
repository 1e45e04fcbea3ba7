"""Putting pages in order among those beside them, with all that stands below them."""

from __future__ import annotations

from enum import StrEnum

from sqlalchemy import select

from intranet.core.policy import NotFound
from intranet.core.transaction import Transaction
from intranet.wiki.events import PageMoved
from intranet.wiki.models import Page
from intranet.wiki.places import put_in_order, refuse_ring, siblings_of
from intranet.wiki.policy import may_move, may_read_page
from intranet.wiki.rights.inheriting import require_place, take_place
from intranet.wiki.visibility import listed


class Where(StrEnum):
    """On which side of another page, or below it as the last."""

    BEFORE = "before"
    AFTER = "after"
    INTO = "into"


class Step(StrEnum):
    """One step in the tree: among the pages beside it, under the one above it, out of its own."""

    UP = "up"
    DOWN = "down"
    IN = "in"
    OUT = "out"


def _page(tx: Transaction, page_id: int) -> Page:
    page = tx.session.get(Page, page_id, with_for_update=True)
    if page is None or not may_read_page(tx, page):
        raise NotFound
    return page


def drop_page(tx: Transaction, page_id: int, beside_id: int, where: Where) -> None:
    """Put a page before or after another one, or below it. What stands below the page goes along.

    Raises NotFound, Refused for a rule and for what stands above one, and Invalid when the other
    page stands below this one.
    """
    page = _page(tx, page_id)
    tx.require(may_move, page)
    _put(tx, page, _page(tx, beside_id), where)


def step_page(tx: Transaction, page_id: int, step: Step) -> Page:
    """Move a page by one step among the pages that the person sees; at the end of the way nothing
    changes. Raises NotFound, and Refused for a rule and for what stands above one."""
    page = _page(tx, page_id)
    tx.require(may_move, page)
    beside = _neighbour(tx, page, step)
    if beside is not None:
        sides = {Step.UP: Where.BEFORE, Step.IN: Where.INTO}
        _put(tx, page, beside, sides.get(step, Where.AFTER))
    return page


def _neighbour(tx: Transaction, page: Page, step: Step) -> Page | None:
    """The page in sight that a step goes past, into, or out of."""
    if step is Step.OUT:
        above = select(Page).where(Page.id == page.parent_id, listed(tx))
        return tx.session.scalars(above).one_or_none()
    seen = set(
        tx.session.scalars(
            select(Page.id).where(Page.parent_id.is_not_distinct_from(page.parent_id), listed(tx))
        )
    )
    beside = [one for one in siblings_of(tx.session, page.parent_id) if one.id in seen]
    at = next(number for number, one in enumerate(beside) if one.id == page.id)
    at += 1 if step is Step.DOWN else -1
    return beside[at] if 0 <= at < len(beside) else None


def _put(tx: Transaction, page: Page, beside: Page, where: Where) -> None:
    parent = beside if where is Where.INTO else None
    if parent is None and beside.parent_id is not None:
        parent = tx.session.get_one(Page, beside.parent_id)
    refuse_ring(tx.session, page, parent)
    require_place(tx, page, parent)
    order = [one for one in siblings_of(tx.session, parent.id if parent else None) if one != page]
    at = len(order)
    if where is not Where.INTO:
        if beside not in order:
            return
        at = order.index(beside) + (1 if where is Where.AFTER else 0)
    put_in_order(page, parent.id if parent else None, order, at)
    take_place(tx, page, parent)
    tx.record(PageMoved(page.id, page.parent_id))
