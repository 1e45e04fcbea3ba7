"""Conversations as a page shows them. Whoever asks has checked the right to see the subject."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from intranet.core.policy import NotFound, Refused, Verdict
from intranet.core.transaction import Reader
from intranet.discussions.models import Comment, Mention, Reaction, Thread
from intranet.discussions.policy import may_edit_comment, may_hide_comment
from intranet.members.models import Person


@dataclass(frozen=True)
class CommentCard:
    """A comment with the name of its author; hidden ones keep their place without their words.

    `may_mend` says that the reader may correct it or take it out of sight now.
    """

    id: int
    author_id: int
    author: str
    at: datetime
    html: str
    text: str
    reply_to_id: int | None
    block_id: str | None
    about_version: int | None
    round: str | None
    is_edited: bool
    hidden_because: str | None
    may_mend: bool
    replies: tuple[CommentCard, ...] = ()


@dataclass(frozen=True)
class Subject:
    """What a comment is about, by kind and number."""

    kind: str
    id: int


def _flat(reader: Reader, subject: Subject) -> list[CommentCard]:
    query = (
        select(Comment, Person.name)
        .join(Thread, Thread.id == Comment.thread_id)
        .join(Person, Person.id == Comment.author_id)
        .where(Thread.subject_kind == subject.kind, Thread.subject_id == subject.id)
        .order_by(Comment.id)
    )
    return [_card(reader, comment, name) for comment, name in reader.session.execute(query)]


def _card(reader: Reader, comment: Comment, author: str) -> CommentCard:
    hidden = comment.hidden_at is not None
    return CommentCard(
        id=comment.id,
        author_id=comment.author_id,
        author=author,
        at=comment.at,
        html="" if hidden else comment.html,
        text="" if hidden else comment.text,
        reply_to_id=comment.reply_to_id,
        block_id=comment.block_id,
        about_version=comment.about_version,
        round=comment.round,
        is_edited=comment.edited_at is not None,
        hidden_because=comment.hidden_because if hidden else None,
        may_mend=not hidden and bool(may_hide_comment(reader, comment)),
    )


def comments(reader: Reader, subject_kind: str, subject_id: int) -> list[CommentCard]:
    """The comments of a subject, oldest first, each with all answers below it on one level."""
    flat = _flat(reader, Subject(subject_kind, subject_id))
    root_of: dict[int, int] = {}
    answers: dict[int, list[CommentCard]] = {}
    for card in flat:
        root = root_of.get(card.reply_to_id or 0, card.reply_to_id or card.id)
        root_of[card.id] = root
        if root != card.id:
            answers.setdefault(root, []).append(card)
    return [
        CommentCard(**{**vars(card), "replies": tuple(answers.get(card.id, ()))})
        for card in flat
        if root_of[card.id] == card.id
    ]


def subject_of(reader: Reader, comment_id: int) -> Subject | None:
    """What a comment is about, or None for an unknown number."""
    row = reader.session.execute(
        select(Thread.subject_kind, Thread.subject_id)
        .join(Comment, Comment.thread_id == Thread.id)
        .where(Comment.id == comment_id)
    ).one_or_none()
    return Subject(*row) if row else None


def comment(reader: Reader, comment_id: int) -> CommentCard | None:
    """One comment, or None."""
    row = reader.session.execute(
        select(Comment, Person.name)
        .join(Person, Person.id == Comment.author_id)
        .where(Comment.id == comment_id)
    ).one_or_none()
    return _card(reader, *row) if row else None


@dataclass(frozen=True)
class Mending:
    """A comment, and whether the reader may give it other words or take it out of sight."""

    card: CommentCard
    may_correct: Verdict
    may_hide: Verdict


def mending(reader: Reader, subject: Subject, comment_id: int) -> Mending:
    """A comment on a subject, for somebody who would mend it. Raises NotFound for one that is not
    there or hidden, Refused for somebody who may do nothing about it."""
    card = comment(reader, comment_id)
    if card is None or card.hidden_because is not None:
        raise NotFound
    if subject_of(reader, comment_id) != subject:
        raise NotFound
    found = reader.session.get_one(Comment, comment_id)
    may_hide = may_hide_comment(reader, found)
    if not may_hide:
        raise Refused(may_hide)
    return Mending(card, may_edit_comment(reader, found), may_hide)


@dataclass(frozen=True)
class Reactions:
    """What was answered to comments without words: numbers by comment and kind, and the reader's
    own; and whom each comment calls by name."""

    counts: Mapping[tuple[int, str], int]
    mine: frozenset[tuple[int, str]]
    mentioned: Mapping[int, tuple[str, ...]]


def reactions(reader: Reader, subject_kind: str, subject_id: int) -> Reactions:
    """The reactions and mentions in the conversation about a subject, in two statements."""
    own = func.count().filter(Reaction.person_id == reader.actor.person_id)
    counted = (
        select(Reaction.comment_id, Reaction.kind, func.count(), own)
        .join(Comment, Comment.id == Reaction.comment_id)
        .join(Thread, Thread.id == Comment.thread_id)
        .where(Thread.subject_kind == subject_kind, Thread.subject_id == subject_id)
        .group_by(Reaction.comment_id, Reaction.kind)
    )
    rows = reader.session.execute(counted).all()
    named = (
        select(Mention.comment_id, Person.name)
        .join(Person, Person.id == Mention.person_id)
        .join(Comment, Comment.id == Mention.comment_id)
        .join(Thread, Thread.id == Comment.thread_id)
        .where(Thread.subject_kind == subject_kind, Thread.subject_id == subject_id)
        .order_by(Person.name)
    )
    mentioned: dict[int, tuple[str, ...]] = {}
    for comment_id, name in reader.session.execute(named):
        mentioned[comment_id] = (*mentioned.get(comment_id, ()), name)
    return Reactions(
        counts={(number, kind): count for number, kind, count, _ in rows},
        mine=frozenset((number, kind) for number, kind, _, is_mine in rows if is_mine),
        mentioned=mentioned,
    )
