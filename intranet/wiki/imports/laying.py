"""Beside which page each file of an import will lie. Pure."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from intranet.core.text import whole_number
from intranet.wiki.formats.raw import Reason
from intranet.wiki.import_plan import PlannedPage, is_index
from intranet.wiki.imports.sourced import numbered
from intranet.wiki.paths import collection_of, files_meant, plain_path
from intranet.wiki.source_files import Found, MediaFile

_ADDRESS = re.compile(
    r"\]\(\s*<([^<>\n]{1,1000})>|\]\(\s*([^\s()<>]{1,1000})"
    r"|^ {0,3}\[[^\]\n]+\]:\s*<?([^\s>]{1,1000})",
    re.MULTILINE,
)


@dataclass(frozen=True)
class Laying:
    """A file, the planned page beside which it will lie, the name it gets, and the paths under
    which texts may name it."""

    media: MediaFile
    page: PlannedPage
    name: str
    paths: tuple[str, ...]


def layings(
    found: Found, planned: Sequence[PlannedPage]
) -> tuple[list[Laying], list[tuple[str, Reason]]]:
    """Each file beside the page it belongs to: as an export of ours says, the first that shows it
    or leads to it, else the page of its folder. What finds no page is left out with a reason."""
    media = {one.path: one for one in found.media}
    done = {one.media.path: one for one in _carried(planned, media, found.collection)}
    for path, page in _shown_in(planned):
        if path in media and path not in done and not media[path].page:
            done[path] = Laying(media[path], page, media[path].shown, (path,))
    left_out = []
    pages, homes = {page.path: page for page in planned}, _homes(planned)
    for path in media.keys() - done.keys():
        home = pages.get(media[path].page) or _page_above(path, homes)
        if home is None:
            left_out.append((path, Reason("import.no_page")))
        else:
            done[path] = Laying(media[path], home, media[path].shown, (path,))
    return sorted(done.values(), key=lambda one: one.media.path), sorted(left_out, key=repr)


def _carried(
    planned: Sequence[PlannedPage], media: dict[str, MediaFile], collection: str
) -> Iterator[Laying]:
    """The files of which the pages of an export of ours say that they are theirs."""
    for page in planned:
        by_path: dict[str, list[str]] = {}
        names: dict[str, str] = {}
        for one in page.facts.files if page.facts else ():
            path = plain_path(f"{collection}/{one.path}")
            by_path.setdefault(path, []).append(one.source)
            names[path] = one.name
        for path, sources in by_path.items():
            if path in media:
                kept = tuple(_path_of(source, page) for source in sources)
                yield Laying(media[path], page, names[path], kept)


def _path_of(source: str, page: PlannedPage) -> str:
    number = whole_number(source.removeprefix("file:"))
    if number is not None and source.startswith("file:"):
        return numbered(collection_of(page.path), number)
    return plain_path(source)[:900]


def _shown_in(planned: Sequence[PlannedPage]) -> Iterator[tuple[str, PlannedPage]]:
    """The paths that texts name, with the page that does."""
    for page in planned:
        for groups in _ADDRESS.findall(page.text or ""):
            href = next(group for group in groups if group).partition("#")[0]
            if "://" not in href:
                for path in files_meant(page.path, href):
                    yield path, page


def _homes(planned: Sequence[PlannedPage]) -> dict[str, PlannedPage]:
    """The page that stands for each folder."""
    homes: dict[str, PlannedPage] = {}
    for page in planned:
        stem = posixpath.splitext(page.path)[0]
        folder = posixpath.dirname(page.path) if is_index(page.path) else stem
        homes.setdefault(page.path.rstrip("/") if page.is_folder else folder, page)
    return homes


def _page_above(path: str, homes: dict[str, PlannedPage]) -> PlannedPage | None:
    folder = posixpath.dirname(path)
    while folder:
        if folder in homes:
            return homes[folder]
        folder = posixpath.dirname(folder)
    return None
