"""Who may talk about a page, and who says that a matter is settled."""

from __future__ import annotations

from intranet.core.policy import YES, Verdict, first_refusal, no
from intranet.core.transaction import Reader
from intranet.discussions.models import Comment
from intranet.discussions.queries import CommentCard
from intranet.members.statuses import Right
from intranet.wiki.policy import Subject, is_in_use, may_read_page, may_write_here


def may_comment_page(reader: Reader, page: Subject) -> Verdict:
    """Whoever may read a page in use and take part in discussions; sympathisers too."""
    speaks = YES if reader.actor.has(Right.COMMENT) else no("wiki.you_do_not_comment")
    return first_refusal(may_read_page(reader, page), speaks, is_in_use(page))


def may_settle(reader: Reader, page: Subject, comment: Comment | CommentCard) -> Verdict:
    """Whoever wrote the comment, and whoever may write the page."""
    is_author = comment.author_id == reader.actor.person_id
    return YES if is_author else may_write_here(reader, page)
