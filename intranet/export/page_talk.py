"""What was said about pages, and the changes suggested to them."""

from __future__ import annotations

from sqlalchemy import select

from intranet.core.transaction import Reader
from intranet.discussions.models import Comment, Thread
from intranet.export.folder import Folder
from intranet.members.models import Person
from intranet.wiki.comments.models import KIND, SettledComment
from intranet.wiki.models import Page, Revision
from intranet.wiki.offers.models import PageOffer
from intranet.wiki.visibility import visible

COMMENTS = ("page", "id", "answer_to", "paragraph", "author", "at", "text", "hidden", "settled_at")
OFFERS = ("page", "id", "on_revision", "author", "at", "why", "state", "because", "text")


def write_page_talk(reader: Reader, folder: Folder) -> None:
    """page-comments.csv and page-suggestions.csv, for the pages the reader may see. A comment taken
    out of sight has the reason in place of its words."""
    said = (
        select(Page.slug, Comment, Person.name, SettledComment.at)
        .join(Thread, Thread.id == Comment.thread_id)
        .join(Page, (Thread.subject_kind == KIND) & (Page.id == Thread.subject_id))
        .join(Person, Person.id == Comment.author_id)
        .outerjoin(SettledComment, SettledComment.comment_id == Comment.id)
        .where(visible(reader), Page.trashed_at.is_(None))
        .order_by(Comment.id)
    )
    rows = (_said(*row) for row in reader.session.execute(said))
    folder.write_table("page-comments.csv", COMMENTS, rows)
    offered = (
        select(Page.slug, PageOffer, Revision.number, Person.name)
        .join(Page, Page.id == PageOffer.page_id)
        .join(Revision, Revision.id == PageOffer.base_id)
        .join(Person, Person.id == PageOffer.author_id)
        .where(visible(reader), Page.trashed_at.is_(None))
        .order_by(PageOffer.id)
    )
    lines = (_offered(*row) for row in reader.session.execute(offered))
    folder.write_table("page-suggestions.csv", OFFERS, lines)


def _said(slug: str, said: Comment, author: str, settled: object) -> tuple[object, ...]:
    hidden = said.hidden_because if said.hidden_at else None
    words = "" if said.hidden_at else said.text
    where = (said.id, said.reply_to_id, said.block_id)
    return (slug, *where, author, said.at, words, hidden, settled)


def _offered(slug: str, one: PageOffer, number: int, author: str) -> tuple[object, ...]:
    return (slug, one.id, number, author, one.at, one.why, one.state, one.because, one.text)
