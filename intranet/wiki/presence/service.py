"""Giving a sign of life while one writes on a page, and leaving it. It stands in nobody's way."""

from __future__ import annotations

from sqlalchemy import bindparam, delete

from intranet.core.db import run
from intranet.core.policy import NotFound
from intranet.core.transaction import Transaction
from intranet.wiki.models import Page
from intranet.wiki.policy import may_read_page, may_revise, may_write
from intranet.wiki.presence.models import Presence
from intranet.wiki.presence.queries import LASTS

_FORGET = delete(Presence).where(
    Presence.page_id == bindparam("page"), Presence.person_id == bindparam("person")
)


def renew(tx: Transaction, page_id: int) -> None:
    """Say that the actor is writing on a page, and forget those who left it without a word.

    Raises NotFound, and Refused for whoever may not revise the page.
    """
    page = tx.session.get(Page, page_id)
    who = tx.actor.person_id
    if page is None or who is None or not may_read_page(tx, page):
        raise NotFound
    tx.require(may_revise, page)
    tx.keep_pages()
    old = Presence.renewed_at <= tx.now - LASTS
    tx.session.execute(delete(Presence).where(Presence.page_id == page_id, old))
    mine = tx.session.get(Presence, (page_id, who))
    if mine is None:
        mine = Presence(page_id=page_id, person_id=who, since=tx.now)
        tx.session.add(mine)
    mine.renewed_at = tx.now


def leave(tx: Transaction, page_id: int) -> None:
    """Say that the actor no longer writes on a page; twice changes nothing."""
    tx.require(may_write)
    tx.keep_pages()
    _forget(tx, page_id)


def leave_with_save(tx: Transaction, page_id: int) -> None:
    """The same as part of a save, which pages that are kept for their readers do show."""
    tx.require(may_write)
    _forget(tx, page_id)


def _forget(tx: Transaction, page_id: int) -> None:
    run(tx.session, _FORGET, {"page": page_id, "person": tx.actor.person_id})
