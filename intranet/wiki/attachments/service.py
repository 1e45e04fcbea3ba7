"""Laying files beside a page, removing them from sight, putting them back."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select

from intranet.core.file_names import clean_name
from intranet.core.policy import Conflict, NotFound
from intranet.core.stored_files import Stored
from intranet.core.transaction import Transaction
from intranet.files import queries as files
from intranet.files.effects import attach
from intranet.wiki.addresses import file_key
from intranet.wiki.attachments.events import PageFileAttached, PageFilePutBack, PageFileRemoved
from intranet.wiki.attachments.models import KIND, PageFile
from intranet.wiki.attachments.policy import may_attach_to_page, may_change_file
from intranet.wiki.models import Page
from intranet.wiki.policy import may_read_page
from intranet.wiki.redrawing import redraw_around


@dataclass(frozen=True)
class Laid:
    """A file as it now stands beside its page; `is_new_version` when the name was there before."""

    file_id: int
    name: str
    is_new_version: bool


def _page(tx: Transaction, page_id: int) -> Page:
    page = tx.session.get(Page, page_id, with_for_update=True)
    if page is None or not may_read_page(tx, page):
        raise NotFound
    return page


def attach_to_page(tx: Transaction, page_id: int, name: str, stored: Stored) -> Laid:
    """Lay a file that is on the disk beside a page. One of the same name becomes an earlier
    version, and stays; the same bytes again change nothing. Raises NotFound, Refused."""
    page = _page(tx, page_id)
    tx.require(may_attach_to_page, page)
    shown = clean_name(name)
    file = _named(tx, page_id, shown)
    known = files.beside(tx, KIND, file.id) if file else ()
    if file and known and known[-1].digest == stored.digest:
        return Laid(file.id, file.name, is_new_version=False)
    if file:
        tx.require(may_change_file, page, file)
    else:
        file = _new(tx, page_id, shown)
    attachment_id = attach(tx, KIND, file.id, shown, stored)
    tx.record(PageFileAttached(page_id, file.id, attachment_id, stored.digest))
    return Laid(file.id, file.name, is_new_version=bool(known))


def _named(tx: Transaction, page_id: int, name: str) -> PageFile | None:
    query = select(PageFile).where(PageFile.page_id == page_id, PageFile.removed_at.is_(None))
    return tx.session.scalars(query.where(PageFile.name_key == name.casefold())).one_or_none()


def _new(tx: Transaction, page_id: int, name: str) -> PageFile:
    file = PageFile(
        page_id=page_id,
        name=name,
        name_key=name.casefold(),
        created_at=tx.now,
        created_by_id=tx.actor.person_id,
    )
    tx.session.add(file)
    tx.session.flush()
    return file


def _file(tx: Transaction, file_id: int) -> tuple[PageFile, Page]:
    file = tx.session.get(PageFile, file_id, with_for_update=True)
    if file is None:
        raise NotFound
    return file, _page(tx, file.page_id)


def remove_file(tx: Transaction, file_id: int) -> None:
    """Hide a file of a page; texts that show it say that it is missing. Twice changes nothing.

    Raises NotFound, Refused.
    """
    file, page = _file(tx, file_id)
    tx.require(may_change_file, page, file)
    if file.removed_at is None:
        file.removed_at, file.removed_by_id = tx.now, tx.actor.person_id
        tx.session.flush()
        redraw_around(tx, page, [file_key(file.id)])
        tx.record(PageFileRemoved(page.id, file.id))


def put_back_file(tx: Transaction, file_id: int) -> None:
    """Show a file again that was removed. Twice changes nothing.

    Raises NotFound, Refused, and Conflict when another file took its name meanwhile.
    """
    file, page = _file(tx, file_id)
    tx.require(may_change_file, page, file)
    if file.removed_at is None:
        return
    if _named(tx, page.id, file.name) is not None:
        raise Conflict("wiki.file_name_taken", name=file.name)
    file.removed_at = file.removed_by_id = None
    tx.session.flush()
    redraw_around(tx, page, [file_key(file.id)])
    tx.record(PageFilePutBack(page.id, file.id))
