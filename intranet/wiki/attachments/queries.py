"""The files of pages, for those who may read the page at this moment."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from intranet.core.file_names import PICTURES
from intranet.core.policy import NotFound, Verdict
from intranet.core.transaction import Reader
from intranet.files import queries as files
from intranet.files.queries import AttachmentCard
from intranet.members.models import Person
from intranet.wiki.addresses import file_address, file_key
from intranet.wiki.attachments.models import KIND, PageFile
from intranet.wiki.attachments.policy import may_change_file
from intranet.wiki.models import Page, PageLink
from intranet.wiki.queries import PageCard, page_cards
from intranet.wiki.reading import PageRef
from intranet.wiki.visibility import visible


@dataclass(frozen=True)
class FileCard:
    """A file of a page: its newest version, how many there are, and when it was removed."""

    id: int
    name: str
    newest: AttachmentCard
    versions: int
    removed_at: datetime | None
    removed_by: str | None

    @property
    def url(self) -> str:
        """Where its newest version is fetched."""
        return file_address(self.id, self.name)

    @property
    def is_picture(self) -> bool:
        """Whether a browser may show it in its place."""
        return self.newest.media_type in PICTURES


@dataclass(frozen=True)
class FilePage:
    """A file with its page, all its versions, the newest first, and the pages that show it."""

    page: PageCard
    file: FileCard
    versions: tuple[AttachmentCard, ...]
    used_in: tuple[PageRef, ...]
    change: Verdict


def files_of(reader: Reader, page_id: int) -> tuple[FileCard, ...]:
    """The files of a page that the reader has been shown, by name; those removed come last."""
    query = (
        select(PageFile, Person.name)
        .outerjoin(Person, Person.id == PageFile.removed_by_id)
        .where(PageFile.page_id == page_id)
        .order_by(PageFile.removed_at.is_not(None), PageFile.name_key, PageFile.id)
    )
    rows = reader.session.execute(query).all()
    versions = _versions(reader, [file.id for file, _ in rows])
    return tuple(_card(file, by, versions[file.id]) for file, by in rows)


def _versions(reader: Reader, file_ids: list[int]) -> dict[int, list[AttachmentCard]]:
    found: dict[int, list[AttachmentCard]] = {}
    for card in files.beside_these(reader, KIND, file_ids):
        found.setdefault(card.subject_id, []).append(card)
    return found


def _card(file: PageFile, by: str | None, versions: list[AttachmentCard]) -> FileCard:
    return FileCard(file.id, file.name, versions[-1], len(versions), file.removed_at, by)


def file_page(reader: Reader, file_id: int) -> FilePage:
    """A file and what stands around it. Raises NotFound, also for those who may not read its
    page at this moment."""
    page, file, versions = _found(reader, file_id)
    by = reader.session.get(Person, file.removed_by_id) if file.removed_by_id else None
    return FilePage(
        page=page_cards(reader, [page.id])[page.id],
        file=_card(file, by.name if by else None, versions),
        versions=tuple(reversed(versions)),
        used_in=_used_in(reader, file_id),
        change=may_change_file(reader, page, file),
    )


def version_of(reader: Reader, file_id: int, attachment_id: int | None) -> AttachmentCard:
    """A version of a file, by default the newest. Raises NotFound as file_page does; a file that
    was removed gives its newest version to nobody, an earlier one to whoever reads the page."""
    _page, file, versions = _found(reader, file_id)
    if attachment_id is not None:
        return files.attachment(reader, KIND, file_id, attachment_id)
    if file.removed_at is not None:
        raise NotFound
    return versions[-1]


def _found(reader: Reader, file_id: int) -> tuple[Page, PageFile, list[AttachmentCard]]:
    query = (
        select(Page, PageFile)
        .join(Page, Page.id == PageFile.page_id)
        .where(PageFile.id == file_id, visible(reader))
    )
    row = reader.session.execute(query).one_or_none()
    if row is None:
        raise NotFound
    return row[0], row[1], list(files.beside(reader, KIND, file_id))


def _used_in(reader: Reader, file_id: int) -> tuple[PageRef, ...]:
    """The pages whose present text shows a file or leads to it, among those the reader may see."""
    query = (
        select(Page.slug, Page.title)
        .join(PageLink, PageLink.page_id == Page.id)
        .where(PageLink.kind == "file", PageLink.target_key == file_key(file_id), visible(reader))
        .order_by(Page.title_key)
    )
    return tuple(dict.fromkeys(PageRef(*row) for row in reader.session.execute(query)))
