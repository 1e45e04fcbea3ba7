"""The pages that leave: one, one with all below it, or all that this person may read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from sqlalchemy import select

from intranet.core.policy import NotFound
from intranet.core.stored_files import path_of
from intranet.core.text import slugify
from intranet.core.texts import text_of
from intranet.core.transaction import Reader
from intranet.export.carried import Carried, carried_files
from intranet.export.folder import Folder
from intranet.export.leaving_page import LeavingPage
from intranet.export.pages import branch_of, tags_of_pages
from intranet.members.queries import cooperative
from intranet.wiki.formats.own_header import WORKING, CarriedFile, PageFacts, with_header
from intranet.wiki.models import Page, Revision
from intranet.wiki.visibility import visible

TOP = "wiki"


def leaving(reader: Reader, slug: str | None = None, *, below: bool = True) -> list[LeavingPage]:
    """The pages in the order of the tree: all, or the one at this address, with those below it or
    alone. What the reader may not see, or what lies in the trash, is not there, and what stands
    under it moves up.

    Raises NotFound when there is no such page for this reader.
    """
    kept = select(Page).where(visible(reader), Page.trashed_at.is_(None))
    query = kept.order_by(Page.position, Page.title_key)
    pages = {page.id: page for page in reader.session.scalars(query)}
    if slug is not None:
        pages = _branch(pages, slug, below=below)
    revisions = _revisions(reader, pages.values())
    tags = tags_of_pages(reader)
    return [
        LeavingPage(page, revisions[page.id], branch_of(page, pages), tuple(tags.get(page.id, ())))
        for page in _in_order(pages)
    ]


def _branch(pages: Mapping[int, Page], slug: str, *, below: bool) -> dict[int, Page]:
    top = next((page for page in pages.values() if page.slug == slug), None)
    if top is None:
        raise NotFound
    if not below:
        return {top.id: top}
    return {page.id: page for page in pages.values() if top.id in _ids_up(page, pages, set())}


def _ids_up(page: Page, pages: Mapping[int, Page], seen: set[int]) -> set[int]:
    """The page and those above it, as far as they can be seen."""
    current: Page | None = page
    while current is not None and current.id not in seen:
        seen.add(current.id)
        current = pages.get(current.parent_id) if current.parent_id else None
    return seen


def _in_order(pages: Mapping[int, Page]) -> list[Page]:
    """Each page before those below it, siblings by their place."""
    under: dict[int | None, list[Page]] = {}
    for page in pages.values():
        under.setdefault(page.parent_id if page.parent_id in pages else None, []).append(page)
    ordered: list[Page] = []
    waiting = list(reversed(under.get(None, [])))
    while waiting:
        page = waiting.pop()
        ordered.append(page)
        waiting += reversed(under.get(page.id, []))
    return ordered


def _revisions(reader: Reader, pages: Iterable[Page]) -> dict[int, Revision]:
    ids = [page.current_revision_id for page in pages]
    query = select(Revision).where(Revision.id.in_(ids))
    return {revision.page_id: revision for revision in reader.session.scalars(query)}


def write_texts(reader: Reader, folder: Folder, pages: Sequence[LeavingPage]) -> None:
    """One Markdown file for each page, in folders like the tree, and beside it a folder with its
    files. `intranet import-wiki` and the page for importing bring the same back, to the byte."""
    home = slugify(cooperative(reader.session).name)
    carried = carried_files(reader, pages)
    for one in pages:
        files = carried.get(one.page.id, [])
        text = text_of(reader.session, one.revision.text_digest)
        folder.write(f"{TOP}/{one.path}.md", with_header(text, _facts(one, home, files)))
        for file in files:
            folder.copy(f"{TOP}/{file.path}", path_of(file.digest))


def _facts(one: LeavingPage, home: str, files: Sequence[Carried]) -> PageFacts:
    page, revision = one.page, one.revision
    told = [CarriedFile(source, file.name, file.path) for file in files for source in file.sources]
    return PageFacts(
        title=page.title,
        slug=page.slug,
        source=page.source_path or f"{home}/{page.slug}",
        revision=revision.number,
        digest=revision.text_digest,
        kind=page.kind,
        layer=page.layer or "",
        audience=page.audience,
        language=page.language,
        position=page.position,
        created=page.created_at.date().isoformat(),
        archived=page.archived_because or "",
        state=WORKING if page.is_working else "",
        tags=one.tags,
        files=tuple(told),
    )
