"""Talking about something: called by the commands of the room that holds the permission."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import select

from intranet.core.citations import keep_citations
from intranet.core.policy import Invalid, NotFound
from intranet.core.transaction import Transaction
from intranet.discussions.events import CommentAdded, CommentCorrected, CommentHidden
from intranet.discussions.models import Comment, Mention, Reaction, ReactionKind, Thread

LONGEST = 20_000
LONGEST_REASON = 500


@dataclass(frozen=True)
class Said:
    """What a person wants to add to a conversation; `html` is its safe rendering, and `mentioned`
    are the people whom it calls by name."""

    text: str
    html: str
    author_id: int
    reply_to_id: int | None = None
    block_id: str | None = None
    about_version: int | None = None
    round: str | None = None
    mentioned: tuple[int, ...] = ()


def open_thread(tx: Transaction, subject_kind: str, subject_id: int) -> int:
    """The thread of a subject, begun when there is none, by its number."""
    thread = tx.session.scalars(
        select(Thread).where(Thread.subject_kind == subject_kind, Thread.subject_id == subject_id)
    ).one_or_none()
    if thread is None:
        thread = Thread(subject_kind=subject_kind, subject_id=subject_id, created_at=tx.now)
        tx.session.add(thread)
        tx.session.flush()
    return thread.id


def add_comment(tx: Transaction, subject_kind: str, subject_id: int, said: Said) -> int:
    """Add a comment and give its number.

    Raises Invalid for an empty or overlong text, NotFound for a reply to another conversation.
    """
    _check(said.text)
    thread_id = open_thread(tx, subject_kind, subject_id)
    if said.reply_to_id is not None:
        parent = tx.session.get(Comment, said.reply_to_id)
        if parent is None or parent.thread_id != thread_id:
            raise NotFound
    comment = Comment(
        thread_id=thread_id,
        reply_to_id=said.reply_to_id,
        author_id=said.author_id,
        at=tx.now,
        text=said.text,
        html=said.html,
        block_id=said.block_id,
        about_version=said.about_version,
        round=said.round,
    )
    tx.session.add(comment)
    tx.session.flush()
    tx.session.add_all(
        Mention(comment_id=comment.id, person_id=person_id) for person_id in said.mentioned
    )
    keep_citations(tx.session, "comment", comment.id, [said.html])
    tx.record(CommentAdded(comment.id, subject_kind, subject_id))
    return comment.id


def comment_on(tx: Transaction, subject_kind: str, subject_id: int, comment_id: int) -> Comment:
    """A comment on a subject, with its words in sight. Raises NotFound for any other."""
    comment = tx.session.get(Comment, comment_id, with_for_update=True)
    thread = tx.session.get(Thread, comment.thread_id) if comment else None
    if comment is None or thread is None or comment.hidden_at is not None:
        raise NotFound
    if (thread.subject_kind, thread.subject_id) != (subject_kind, subject_id):
        raise NotFound
    return comment


def correct(
    tx: Transaction, comment: Comment, text: str, html: str, mentioned: Iterable[int] = ()
) -> tuple[int, ...]:
    """Give a comment other words; it says that it was corrected. Gives those of the people called
    by name whom it did not call before; whoever it called stays called.

    Raises Invalid for an empty or overlong text.
    """
    _check(text)
    comment.text, comment.html, comment.edited_at = text, html, tx.now
    keep_citations(tx.session, "comment", comment.id, [html])
    thread = tx.session.get_one(Thread, comment.thread_id)
    tx.record(CommentCorrected(comment.id, thread.subject_kind, thread.subject_id))
    called = select(Mention.person_id).where(Mention.comment_id == comment.id)
    before = set(tx.session.scalars(called))
    new = tuple(person_id for person_id in mentioned if person_id not in before)
    tx.session.add_all(Mention(comment_id=comment.id, person_id=person_id) for person_id in new)
    return new


def hide(tx: Transaction, comment: Comment, because: str) -> None:
    """Take a comment out of sight; a line stays in its place with the reason.

    Raises Invalid without a reason, or with one that is too long.
    """
    if not because.strip():
        raise Invalid(because="reason_missing")
    if len(because) > LONGEST_REASON:
        raise Invalid(because="hiding_reason_too_long")
    comment.hidden_at, comment.hidden_because = tx.now, because.strip()
    thread = tx.session.get_one(Thread, comment.thread_id)
    tx.record(CommentHidden(comment.id, thread.subject_kind, thread.subject_id))


def _check(text: str) -> None:
    if not text.strip():
        raise Invalid(text="comment_empty")
    if len(text) > LONGEST:
        raise Invalid(text="comment_too_long")


def toggle_reaction(tx: Transaction, comment_id: int, person_id: int, kind: str) -> bool:
    """Answer a comment without a word, or take that back; tells whether the answer stands now.

    Raises Invalid for a kind that is not offered.
    """
    if kind not in set(ReactionKind):
        raise Invalid(kind="reaction_unknown")
    found = tx.session.get(Reaction, (comment_id, person_id, kind))
    if found is not None:
        tx.session.delete(found)
        return False
    tx.session.add(Reaction(comment_id=comment_id, person_id=person_id, kind=kind, at=tx.now))
    return True
