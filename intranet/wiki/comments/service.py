"""Talking about a page or a paragraph of it, and settling what was said."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import exists, select

from intranet.core.db import insert_once
from intranet.core.markdown import TooLong
from intranet.core.policy import Invalid, NotFound
from intranet.core.transaction import Transaction
from intranet.discussions.effects import Said, add_comment, comment_on, correct, hide
from intranet.discussions.models import Comment, Thread
from intranet.discussions.policy import may_edit_comment, may_hide_comment
from intranet.wiki.comments.events import PageCommented, PageCommentReopened, PageCommentSettled
from intranet.wiki.comments.models import KIND, SettledComment
from intranet.wiki.comments.policy import may_comment_page, may_settle
from intranet.wiki.models import Page, RevisionBlock
from intranet.wiki.policy import may_read_page
from intranet.wiki.rendering import render_text


@dataclass(frozen=True)
class Remark:
    """What somebody says: of a paragraph by its id, in answer to a comment, or of the page."""

    text: str
    block_id: str | None = None
    reply_to_id: int | None = None


def _page(tx: Transaction, page_id: int) -> Page:
    page = tx.session.get(Page, page_id)
    if page is None or not may_read_page(tx, page):
        raise NotFound
    return page


def comment_page(tx: Transaction, page_id: int, remark: Remark) -> int:
    """Say something about a page; gives the number of the comment. An answer to a settled comment
    reopens it. Raises NotFound, Refused, and Invalid for an empty text or an unknown paragraph."""
    page = _page(tx, page_id)
    tx.require(may_comment_page, page)
    if remark.block_id and not _has_block(tx, page, remark.block_id):
        raise Invalid(block="passage_unknown")
    said = Said(
        text=remark.text,
        html=_drawn(tx, page, remark.text),
        author_id=tx.actor.person_id or 0,
        reply_to_id=remark.reply_to_id,
        block_id=remark.block_id,
        about_version=page.current_revision_id,
    )
    comment_id = add_comment(tx, KIND, page.id, said)
    settled = tx.session.get(SettledComment, remark.reply_to_id) if remark.reply_to_id else None
    if settled is not None:
        tx.session.delete(settled)
        tx.record(PageCommentReopened(page.id, settled.comment_id))
    tx.record(PageCommented(page.id, comment_id))
    return comment_id


def _has_block(tx: Transaction, page: Page, block_id: str) -> bool:
    present = exists().where(
        RevisionBlock.revision_id == page.current_revision_id, RevisionBlock.block_id == block_id
    )
    return tx.session.scalar(select(present)) is True


def _drawn(tx: Transaction, page: Page, text: str) -> str:
    try:
        return render_text(tx, text, page.audience)
    except TooLong as error:
        raise Invalid(text="comment_too_long") from error


def correct_comment(tx: Transaction, page_id: int, comment_id: int, text: str) -> None:
    """Give one's own comment other words, a short time after it was made.

    Raises NotFound, Refused, Invalid.
    """
    page = _page(tx, page_id)
    comment = comment_on(tx, KIND, page.id, comment_id)
    tx.require(may_edit_comment, comment)
    correct(tx, comment, text, _drawn(tx, page, text))


def hide_comment(tx: Transaction, page_id: int, comment_id: int, because: str) -> None:
    """Take a comment out of sight, for a reason. Raises NotFound, Refused, Invalid."""
    page = _page(tx, page_id)
    comment = comment_on(tx, KIND, page.id, comment_id)
    tx.require(may_hide_comment, comment)
    hide(tx, comment, because)


def _first(tx: Transaction, page_id: int, comment_id: int) -> tuple[Page, Comment]:
    """A page and a first comment of it, for an answer has no state of its own."""
    page, comment = _page(tx, page_id), tx.session.get(Comment, comment_id)
    thread = tx.session.get(Thread, comment.thread_id) if comment else None
    if comment is None or comment.reply_to_id is not None or thread is None:
        raise NotFound
    if (thread.subject_kind, thread.subject_id) != (KIND, page_id):
        raise NotFound
    return page, comment


def settle(tx: Transaction, page_id: int, comment_id: int) -> None:
    """Say that the matter of a first comment is settled. Twice changes nothing.

    Raises NotFound, Refused.
    """
    page, comment = _first(tx, page_id, comment_id)
    tx.require(may_settle, page, comment)
    row = {"at": tx.now, "by_id": tx.actor.person_id}
    if insert_once(tx.session, SettledComment, comment_id=comment_id, **row):
        tx.record(PageCommentSettled(page_id, comment_id))


def reopen(tx: Transaction, page_id: int, comment_id: int) -> None:
    """Say that a matter is not settled after all. Twice changes nothing.

    Raises NotFound, Refused.
    """
    page, comment = _first(tx, page_id, comment_id)
    tx.require(may_settle, page, comment)
    settled = tx.session.get(SettledComment, comment_id)
    if settled is not None:
        tx.session.delete(settled)
        tx.record(PageCommentReopened(page_id, comment_id))
