"""Pages are drawn again when a page they link to gets, changes or loses its name."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from sqlalchemy import bindparam, or_, select
from sqlalchemy.orm import Session

from intranet.core.db import run
from intranet.core.transaction import Transaction
from intranet.wiki.addresses import file_key, page_address
from intranet.wiki.attachments.models import PageFile
from intranet.wiki.directory import Directory, title_key
from intranet.wiki.events import LinksOutdated
from intranet.wiki.models import Page, PageLink, Revision
from intranet.wiki.revisions import drawn, keep_drawing, state_of

AT_ONCE = 50
"""How many pages are drawn again within the command itself; beyond, the worker does it."""

_INCLUDING = (
    select(PageLink.page_id)
    .where(
        PageLink.kind == "inclusion",
        PageLink.target_page_id.in_(bindparam("page_ids", expanding=True)),
    )
    .distinct()
)


def linking_pages(session: Session, page_id: int, names: Iterable[str]) -> list[int]:
    """The pages whose text links to a page, to one of its files, or to one of these names."""
    called = [part for name in names for part in (name, name.rpartition("#")[0]) if part]
    keys = {key for name in called for key in (title_key(name), name, page_address(name))}
    keys |= set(map(file_key, session.scalars(select(PageFile.id).filter_by(page_id=page_id))))
    query = (
        select(PageLink.page_id)
        .where(or_(PageLink.target_page_id == page_id, PageLink.target_key.in_(keys)))
        .distinct()
        .order_by(PageLink.page_id)
    )
    return list(session.scalars(query))


def including_pages(session: Session, page_ids: Iterable[int]) -> set[int]:
    """The pages whose text includes one of these pages, or includes one that does."""
    waiting = list(page_ids)
    found = set(waiting)
    while waiting:
        including = run(session, _INCLUDING, {"page_ids": waiting}).scalars()
        waiting = [number for number in including if number not in found]
        found.update(waiting)
    return found - set(page_ids)


def redraw_including(tx: Transaction, page: Page) -> None:
    """Draw again the pages that include this one, whose words changed: at once while they are
    few, else soon, by the worker."""
    _redraw_soon(tx, page, including_pages(tx.session, [page.id]))


def redraw_around(tx: Transaction, page: Page, names: Sequence[str]) -> None:
    """Draw again the pages that link to this one by id or by one of these names, and those that
    include one of them: at once while they are few, else soon, by the worker. A name may be the
    key of one of its files."""
    _redraw_soon(tx, page, concerned_pages(tx.session, page.id, names))


def concerned_pages(session: Session, page_id: int, names: Iterable[str]) -> set[int]:
    """The pages in which the name or address of a page can be read, by link or by inclusion."""
    linking = linking_pages(session, page_id, names)
    return {*linking, *including_pages(session, [page_id, *linking])}


def _redraw_soon(tx: Transaction, page: Page, found: Collection[int]) -> None:
    if len(found) > AT_ONCE:
        tx.record(LinksOutdated(page.id))
        return
    redraw(tx.session, sorted(found))


def redraw(session: Session, page_ids: Iterable[int], directory: Directory | None = None) -> None:
    """Draw pages again: the text that applies and, for a rule, those that are still to come."""
    for page_id in page_ids:
        page = session.get_one(Page, page_id)
        shown = select(Revision).where(
            Revision.page_id == page_id, Revision.id >= (page.current_revision_id or 0)
        )
        for revision in session.scalars(shown.order_by(Revision.number)).all():
            state = state_of(session, revision)
            made = drawn(session, page, state.text, state.origins, directory)
            keep_drawing(session, page, revision.id, made)
