"""The files that leave with pages: those beside them, and those elsewhere that they show."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

from sqlalchemy import select

from intranet.core.stored_files import is_there
from intranet.core.transaction import Reader
from intranet.export.folder import file_name
from intranet.export.leaving_page import LeavingPage
from intranet.files import queries as files
from intranet.wiki.addresses import file_address, file_key
from intranet.wiki.attachments.models import KIND, PageFile
from intranet.wiki.imports.models import FileSource
from intranet.wiki.imports.sourced import numbered
from intranet.wiki.models import Page, PageLink
from intranet.wiki.paths import collection_of
from intranet.wiki.visibility import visible


@dataclass(frozen=True)
class Carried:
    """The newest version of a file: where it lies in the export, and how texts name it."""

    number: int
    name: str
    digest: str
    media_type: str
    path: str
    sources: tuple[str, ...]

    @property
    def address(self) -> str:
        """Where it is fetched here."""
        return file_address(self.number, self.name)


def carried_files(reader: Reader, pages: Sequence[LeavingPage]) -> dict[int, list[Carried]]:
    """The files by the number of the page with which they leave, each once. What the reader may
    not see, what was removed and what the disk has lost stays."""
    owners = _with_whom(reader, pages)
    cards = {card.subject_id: card for card in files.beside_these(reader, KIND, owners)}
    by_id = {one.page.id: one for one in pages}
    sources = _sources(reader)
    found: dict[int, list[Carried]] = {}
    taken: set[str] = set()
    for number, page_id in sorted(owners.items()):
        card, one = cards.get(number), by_id[page_id]
        if card is None or not is_there(card.stored):
            continue
        path = _free(f"{one.path}.files/", card.name, number, taken)
        names = _names(number, one.page.source_path, sources)
        carried = Carried(number, card.name, card.digest, card.media_type, path, names)
        found.setdefault(page_id, []).append(carried)
    return found


def _with_whom(reader: Reader, pages: Sequence[LeavingPage]) -> dict[int, int]:
    """Each file with the page it lies beside or, when that one stays, the first that shows it."""
    leaving = [one.page.id for one in pages]
    shown = select(PageFile.id, PageFile.page_id).join(Page, Page.id == PageFile.page_id)
    shown = shown.where(visible(reader), PageFile.removed_at.is_(None))
    keys = {file_key(row.id): (row.id, row.page_id) for row in reader.session.execute(shown)}
    owners = {number: owner for number, owner in keys.values() if owner in set(leaving)}
    links = select(PageLink.page_id, PageLink.target_key).where(
        PageLink.kind == "file", PageLink.page_id.in_(leaving)
    )
    linked = {(row.page_id, row.target_key) for row in reader.session.execute(links)}
    for page_id, key in sorted(linked, key=lambda one: (leaving.index(one[0]), one[1])):
        if key in keys:
            owners.setdefault(keys[key][0], page_id)
    return owners


def _sources(reader: Reader) -> dict[str, int]:
    rows = reader.session.execute(select(FileSource.path, FileSource.file_id))
    return {row.path: row.file_id for row in rows}


def _names(number: int, source_path: str | None, sources: dict[str, int]) -> tuple[str, ...]:
    """How texts name a file: by its number here, and by the paths it had where it came from."""
    kept = sorted(path for path, file_id in sources.items() if file_id == number)
    own = numbered(collection_of(source_path or ""), number)
    return tuple(kept if sources.get(own, number) != number else [f"file:{number}", *kept])


def _free(folder: str, name: str, number: int, taken: set[str]) -> str:
    """A path that no other file has, also where capitals are not told from small letters."""
    parts = PurePosixPath(name)
    ending = f".{file_name(parts.suffix)}" if parts.suffix else ""
    wanted = f"{folder}{file_name(parts.stem)}{ending}"
    path = wanted if wanted.casefold() not in taken else f"{folder}{number}-{wanted[len(folder) :]}"
    taken.add(path.casefold())
    return path
