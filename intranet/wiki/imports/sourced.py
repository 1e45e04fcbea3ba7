"""Files of pages under the paths by which imported texts name them."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from intranet.wiki.addresses import file_number
from intranet.wiki.attachments.models import PageFile
from intranet.wiki.imports.models import FileSource
from intranet.wiki.models import Page
from intranet.wiki.paths import collection_of, files_meant


@dataclass(frozen=True)
class Sourced:
    """A file that came with an import, and the audience of the page beside which it lies."""

    number: int
    name: str
    audience: str


def numbered(collection: str, number: int) -> str:
    """The path that stands for a file which the texts of an export of ours name by its number."""
    return f"{collection}:file:{number}"


def paths_meant(source_path: str, href: str) -> list[str]:
    """Under which paths a file may be kept that an imported text names; the best first."""
    number = file_number(href)
    if number:
        return [numbered(collection_of(source_path), number)]
    return [] if "://" in href else files_meant(source_path, href)


def sourced_files(session: Session, paths: Collection[str] | None) -> dict[str, Sourced]:
    """The files that are shown and kept under these paths, or under any."""
    query = (
        select(FileSource.path, PageFile.id, PageFile.name, Page.audience)
        .join(PageFile, PageFile.id == FileSource.file_id)
        .join(Page, Page.id == PageFile.page_id)
        .where(PageFile.removed_at.is_(None))
    )
    if paths is not None:
        query = query.where(FileSource.path.in_(paths))
    return {row.path: Sourced(row.id, row.name, row.audience) for row in session.execute(query)}
