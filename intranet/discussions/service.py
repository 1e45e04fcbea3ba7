"""Correcting and hiding what one said."""

from __future__ import annotations

from intranet.core.citations import keep_citations
from intranet.core.policy import Invalid, NotFound
from intranet.core.transaction import Transaction
from intranet.discussions.effects import LONGEST
from intranet.discussions.events import CommentCorrected, CommentHidden
from intranet.discussions.models import Comment, Thread
from intranet.discussions.policy import may_edit_comment, may_hide_comment


def _comment(tx: Transaction, comment_id: int) -> Comment:
    comment = tx.session.get(Comment, comment_id)
    if comment is None or comment.hidden_at is not None:
        raise NotFound
    return comment


def edit_own(tx: Transaction, comment_id: int, text: str, html: str) -> None:
    """Correct one's own words; the comment says that it was corrected."""
    comment = _comment(tx, comment_id)
    tx.require(may_edit_comment, comment)
    if not text.strip() or len(text) > LONGEST:
        raise Invalid(text="comment_empty" if not text.strip() else "comment_too_long")
    comment.text, comment.html, comment.edited_at = text, html, tx.now
    keep_citations(tx.session, "comment", comment.id, [html])
    thread = tx.session.get_one(Thread, comment.thread_id)
    tx.record(CommentCorrected(comment.id, thread.subject_kind, thread.subject_id))


def hide(tx: Transaction, comment_id: int, because: str) -> None:
    """Take a comment out of sight; a line stays in its place with the reason."""
    comment = _comment(tx, comment_id)
    tx.require(may_hide_comment, comment)
    if not because.strip():
        raise Invalid(because="reason_missing")
    comment.hidden_at, comment.hidden_because = tx.now, because.strip()
    thread = tx.session.get_one(Thread, comment.thread_id)
    tx.record(CommentHidden(comment.id, thread.subject_kind, thread.subject_id))
