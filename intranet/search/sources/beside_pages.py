"""What stands beside pages: the words of their files, and what is said about them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy import ColumnElement, Select, String, and_, cast, func, literal, select

from intranet.core.html_text import text_of_html
from intranet.core.stored_files import path_of
from intranet.core.transaction import Reader
from intranet.discussions.models import Comment, Thread
from intranet.files.models import Attachment
from intranet.members.models import Person
from intranet.search.extraction import text_of_file
from intranet.search.port import Document
from intranet.search.sources.pages import in_use
from intranet.search.sources.source import CHUNK, Ids, Source, among, each, numbers
from intranet.wiki.addresses import file_page_address, page_address
from intranet.wiki.attachments.models import KIND as FILE_OF_A_PAGE
from intranet.wiki.attachments.models import PageFile
from intranet.wiki.comments.models import KIND as PAGE
from intranet.wiki.models import Page

FILE_BOOST, COMMENT_BOOST = 0.85, 0.7
_OF_A_PAGE = (Thread.subject_kind == PAGE) & (Thread.subject_id == Page.id)


def _shown(reader: Reader) -> ColumnElement[bool]:
    """The condition that a file is not removed, and its page in use."""
    return and_(PageFile.removed_at.is_(None), in_use(reader))


def _files(reader: Reader, ids: Ids | None) -> Iterator[Document]:
    """The newest version of each file, known by the number that the file keeps."""
    newest = select(func.max(Attachment.id)).where(Attachment.subject_kind == FILE_OF_A_PAGE)
    rows = reader.session.execute(
        select(PageFile, Attachment, Page, Person.name)
        .join(Page, Page.id == PageFile.page_id)
        .join(Attachment, Attachment.subject_id == PageFile.id)
        .outerjoin(Person, Person.id == Attachment.by_id)
        .where(among(PageFile.id, numbers(ids)), _shown(reader))
        .where(Attachment.id.in_(newest.group_by(Attachment.subject_id)))
        .execution_options(yield_per=CHUNK)
    )
    return each(rows, _file, lambda row: f"file {row[0].id} of page {row[2].id}")


def _file(row: Any) -> Document:
    file, newest, page, author = row
    return Document(
        key=f"page_file:{file.id}",
        kind="file",
        title=f"{file.name} · {page.title}",
        body=text_of_file(path_of(newest.digest), file.name),
        url=file_page_address(file.id),
        audience=page.audience,
        language=page.language,
        labels=_labels(page, author),
        dated_on=newest.at.date(),
        boosts=(("beside", FILE_BOOST),),
    )


def _labels(page: Page, author: str | None) -> tuple[tuple[str, str], ...]:
    return (("in", page.slug), ("in", page.title), *((("author", author),) if author else ()))


def _files_seen(reader: Reader, ids: Ids) -> Select[str, str]:
    return (
        select(literal("page_file"), cast(PageFile.id, String))
        .join(Page, Page.id == PageFile.page_id)
        .where(PageFile.id.in_(numbers(ids) or []), _shown(reader))
    )


def _comments(reader: Reader, ids: Ids | None) -> Iterator[Document]:
    rows = reader.session.execute(
        select(Comment, Person.name, Page)
        .join(Thread, Thread.id == Comment.thread_id)
        .join(Page, _OF_A_PAGE)
        .join(Person, Person.id == Comment.author_id)
        .where(among(Comment.id, numbers(ids)), Comment.hidden_at.is_(None), in_use(reader))
        .execution_options(yield_per=CHUNK)
    )
    return each(rows, _comment, lambda row: f"comment {row[0].id}")


def _comment(row: Any) -> Document:
    comment, author, page = row
    return Document(
        key=f"page_comment:{comment.id}",
        kind="comment",
        title=f"{author} · {page.title}",
        body=text_of_html(comment.html),
        # Settled or not, the page shows it there.
        url=f"{page_address(page.slug)}/comments?settled=1#comment-{comment.id}",
        audience=page.audience,
        language=page.language,
        labels=_labels(page, author),
        dated_on=comment.at.date(),
        rank_boost=COMMENT_BOOST,
    )


def _comments_seen(reader: Reader, ids: Ids) -> Select[str, str]:
    return (
        select(literal("page_comment"), cast(Comment.id, String))
        .join(Thread, Thread.id == Comment.thread_id)
        .join(Page, _OF_A_PAGE)
        .where(Comment.id.in_(numbers(ids) or []), Comment.hidden_at.is_(None), in_use(reader))
    )


def beside_pages(reader: Reader, page_ids: list[int]) -> set[str]:
    """The keys of the files of these pages and of what was said about them, which have the readers
    and the title of the page."""
    files = select(PageFile.id).where(PageFile.page_id.in_(page_ids))
    said = select(Comment.id).join(Thread, Thread.id == Comment.thread_id)
    said = said.where(Thread.subject_kind == PAGE, Thread.subject_id.in_(page_ids))
    found = {f"page_file:{number}" for number in reader.session.scalars(files)}
    return found | {f"page_comment:{number}" for number in reader.session.scalars(said)}


PAGE_FILES = Source("page_file", _files, _files_seen)
PAGE_COMMENTS = Source("page_comment", _comments, _comments_seen)
