"""Saying what one has seen: of a page, or of all that changed."""

from __future__ import annotations

from sqlalchemy import func, select

from intranet.core.policy import NotFound
from intranet.core.transaction import Transaction
from intranet.wiki.changes.models import ChangesSeen, PageSeen
from intranet.wiki.changes.policy import may_mark_changes, may_mark_seen
from intranet.wiki.models import Page, Revision
from intranet.wiki.policy import may_read_page
from intranet.wiki.revisions import revision_of


def mark_seen(tx: Transaction, page_id: int, revision_id: int) -> None:
    """Remember that the actor read a page up to this revision; an earlier one changes nothing.

    Nobody else learns it. Raises NotFound.
    """
    page, who = tx.session.get(Page, page_id), tx.actor.person_id
    if page is None or who is None or not may_read_page(tx, page):
        raise NotFound
    tx.require(may_mark_seen, page)
    tx.keep_pages()
    revision = revision_of(tx.session, page_id, revision_id)
    mark = tx.session.get(PageSeen, (who, page_id))
    if mark is None:
        mark = PageSeen(person_id=who, page_id=page_id, revision_id=revision.id)
        tx.session.add(mark)
    mark.revision_id, mark.at = max(mark.revision_id, revision.id), tx.now


def mark_changes(tx: Transaction, revision_id: int) -> None:
    """Remember that the actor saw what changed up to this revision; an earlier one changes
    nothing. Nobody else learns it."""
    tx.require(may_mark_changes)
    tx.keep_pages()
    who = tx.actor.person_id
    assert who is not None  # noqa: S101
    newest = tx.session.scalar(select(func.max(Revision.id)).where(Revision.id <= revision_id))
    if newest is None:
        return
    mark = tx.session.get(ChangesSeen, who)
    if mark is None:
        mark = ChangesSeen(person_id=who, revision_id=newest)
        tx.session.add(mark)
    mark.revision_id, mark.at = max(mark.revision_id, newest), tx.now
