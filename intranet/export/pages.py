"""Pages of the wiki: each text to the byte as it was written, in folders like the tree."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import select

from intranet.core.texts import text_of
from intranet.core.transaction import Reader
from intranet.export.folder import Folder, file_name
from intranet.members.models import Person
from intranet.wiki.models import Page, PageTag, Revision
from intranet.wiki.visibility import visible

INDEX = (
    "path",
    "title",
    "kind",
    "layer",
    "tags",
    "slug",
    "revision",
    "decision",
    "in_force_on",
    "language",
    "audience",
    "archived_at",
    "archived_because",
    "source_path",
)
HISTORY = (
    "slug",
    "revision",
    "kind",
    "title",
    "at",
    "author",
    "summary",
    "decision",
    "in_force_on",
    "text_digest",
    "path",
)


def write_pages(reader: Reader, folder: Folder, every_text: bool) -> None:
    """The text of each page that applies now, index.csv and history.csv; with `every_text` also
    the earlier and coming texts."""
    query = select(Page).where(visible(reader), Page.trashed_at.is_(None)).order_by(Page.id)
    pages = {page.id: page for page in reader.session.scalars(query)}
    paths = {page.id: f"wiki/{branch_of(page, pages)}.md" for page in pages.values()}
    tags = tags_of_pages(reader)
    rows = []
    for page in sorted(pages.values(), key=lambda one: paths[one.id]):
        revision = reader.session.get_one(Revision, page.current_revision_id)
        folder.write(paths[page.id], text_of(reader.session, revision.text_digest))
        rows.append(_line(page, revision, paths[page.id], tags.get(page.id, [])))
    folder.write_table("index.csv", INDEX, rows)
    history = _history(reader, folder, pages, paths, every_text)
    folder.write_table("history.csv", HISTORY, history)


def branch_of(page: Page, pages: Mapping[int, Page]) -> str:
    """The slugs from the top of the tree down to a page, as far as the reader may see them."""
    slugs: list[str] = []
    current: Page | None = page
    while current is not None and file_name(current.slug) not in slugs:
        slugs.append(file_name(current.slug))
        current = pages.get(current.parent_id) if current.parent_id else None
    return "/".join(reversed(slugs))


def tags_of_pages(reader: Reader) -> dict[int, list[str]]:
    """The words under which each page is filed, by the number of the page."""
    found: dict[int, list[str]] = {}
    rows = select(PageTag.page_id, PageTag.tag).order_by(PageTag.page_id, PageTag.tag)
    for page_id, tag in reader.session.execute(rows):
        found.setdefault(page_id, []).append(tag)
    return found


def _line(page: Page, revision: Revision, path: str, tags: list[str]) -> tuple[object, ...]:
    return (
        path,
        page.title,
        page.kind,
        page.layer,
        ", ".join(tags),
        page.slug,
        revision.number,
        revision.decision_number,
        revision.in_force_on,
        page.language,
        page.audience,
        page.archived_at,
        page.archived_because,
        page.source_path,
    )


def _history(
    reader: Reader,
    folder: Folder,
    pages: Mapping[int, Page],
    paths: Mapping[int, str],
    every_text: bool,
) -> list[tuple[object, ...]]:
    """All revisions, the oldest first; `path` says where a text that is exported lies."""
    rows: list[tuple[object, ...]] = []
    query = (
        select(Revision, Person.name)
        .outerjoin(Person, Person.id == Revision.author_id)
        .order_by(Revision.id)
    )
    for revision, author in reader.session.execute(query):
        page = pages.get(revision.page_id)
        if page is None:
            continue
        path = paths[page.id] if revision.id == page.current_revision_id else ""
        if every_text and not path:
            path = f"revisions/{file_name(page.slug)}/{revision.number}.md"
            folder.write(path, text_of(reader.session, revision.text_digest))
        rows.append(_revision(page, revision, author, path))
    return rows


def _revision(page: Page, revision: Revision, author: str | None, path: str) -> tuple[object, ...]:
    return (
        page.slug,
        revision.number,
        revision.kind,
        revision.title,
        revision.at,
        author,
        revision.summary,
        revision.decision_number,
        revision.in_force_on,
        revision.text_digest,
        path,
    )
