"""Pages are drawn again when a page they link to gets, changes or loses its name."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from intranet.core.transaction import Transaction
from intranet.wiki.addresses import file_key, page_address
from intranet.wiki.attachments.models import PageFile
from intranet.wiki.directory import Directory, title_key
from intranet.wiki.events import LinksOutdated
from intranet.wiki.models import Page, PageLink, Revision
from intranet.wiki.revisions import drawn, keep_drawing, state_of

AT_ONCE = 50
"""How many pages are drawn again within the command itself; beyond, the worker does it."""


def linking_pages(session: Session, page_id: int, names: Iterable[str]) -> list[int]:
    """The pages whose text links to a page, to one of its files, or to one of these names."""
    keys = {key for name in names for key in (title_key(name), name, page_address(name))}
    keys |= set(map(file_key, session.scalars(select(PageFile.id).filter_by(page_id=page_id))))
    query = (
        select(PageLink.page_id)
        .where(or_(PageLink.target_page_id == page_id, PageLink.target_key.in_(keys)))
        .distinct()
        .order_by(PageLink.page_id)
    )
    return list(session.scalars(query))


def redraw_around(tx: Transaction, page: Page, names: Sequence[str]) -> None:
    """Draw again the pages that link to this one by id or by one of these names: at once while
    they are few, else soon, by the worker."""
    redraw_linking(tx, page.id, names)


def redraw_linking(tx: Transaction, page_id: int, names: Sequence[str]) -> None:
    """As redraw_around, for a page by its number; a name may be the key of one of its files."""
    found = linking_pages(tx.session, page_id, names)
    if len(found) > AT_ONCE:
        tx.record(LinksOutdated(page_id))
        return
    redraw(tx.session, found)


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
