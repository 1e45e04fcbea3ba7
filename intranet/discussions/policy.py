"""What a person may do with a comment once they may see the conversation."""

from __future__ import annotations

from datetime import timedelta

from intranet.core.policy import YES, Verdict, no
from intranet.core.transaction import Reader
from intranet.discussions.models import Comment
from intranet.members.statuses import Right

TIME_TO_CORRECT = timedelta(minutes=30)


def may_edit_comment(reader: Reader, comment: Comment) -> Verdict:
    """Its author, for half an hour: afterwards others may have answered."""
    if comment.author_id != reader.actor.person_id or not reader.actor.has(Right.COMMENT):
        return no("discussions.only_the_author")
    if reader.now - comment.at > TIME_TO_CORRECT:
        return no("discussions.too_late_to_edit")
    return YES


def may_hide_comment(reader: Reader, comment: Comment) -> Verdict:
    """Its author at any time, and administrators, who must say why."""
    is_author = comment.author_id == reader.actor.person_id
    if is_author or reader.actor.has(Right.ADMINISTER):
        return YES
    return no("discussions.only_the_author")
