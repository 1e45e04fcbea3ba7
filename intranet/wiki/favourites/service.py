"""Keeping a page at hand, and no longer. No event tells of it: it concerns nobody else."""

from __future__ import annotations

from sqlalchemy import delete

from intranet.core.db import insert_once
from intranet.core.policy import NotFound
from intranet.core.transaction import Transaction
from intranet.wiki.favourites.models import Favourite
from intranet.wiki.favourites.policy import may_keep_at_hand
from intranet.wiki.models import Page
from intranet.wiki.policy import may_read_page


def _page(tx: Transaction, page_id: int) -> Page:
    page = tx.session.get(Page, page_id)
    if page is None or not may_read_page(tx, page):
        raise NotFound
    return page


def keep_at_hand(tx: Transaction, page_id: int) -> None:
    """Put a page among the favourites of the actor; twice changes nothing. Raises NotFound."""
    page = _page(tx, page_id)
    tx.require(may_keep_at_hand, page)
    insert_once(tx.session, Favourite, person_id=tx.actor.person_id, page_id=page.id, at=tx.now)


def let_go(tx: Transaction, page_id: int) -> None:
    """Take a page from the favourites of the actor; twice changes nothing. Raises NotFound."""
    page = _page(tx, page_id)
    tx.require(may_keep_at_hand, page)
    tx.session.execute(
        delete(Favourite).where(
            Favourite.person_id == tx.actor.person_id, Favourite.page_id == page.id
        )
    )
