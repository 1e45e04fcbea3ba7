"""Which pages the links of a text may lead to, looked up at once and then known by heart."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Any

from sqlalchemy import ColumnElement, or_, select, true
from sqlalchemy.orm import Session

from intranet.core.text import fold, slugify
from intranet.wiki.addresses import file_number
from intranet.wiki.attachments.models import PageFile
from intranet.wiki.imports.sourced import Sourced, paths_meant, sourced_files
from intranet.wiki.models import FormerSlug, Page
from intranet.wiki.paths import files_meant

_WIKI_LINK = re.compile(r"\[\[([^\[\]\n]{1,400})\]\]")
_ADDRESS = re.compile(r"\]\(\s*<?([^\s()<>]{1,1000})|^ {0,3}\[[^\]\n]+\]:\s*<?(\S{1,1000})", re.M)
_OWN_PAGE = re.compile(r"/wiki/([a-z0-9-]+)/?$")


def title_key(title: str) -> str:
    """The title as it must be unique: without accents, case, or double spaces."""
    return " ".join(fold(title).split())


def own_slug(href: str) -> str | None:
    """The slug in an address of our own wiki, or None."""
    found = _OWN_PAGE.match(href.partition("?")[0])
    return found[1] if found else None


@dataclass(frozen=True)
class Known:
    """A page that a link may lead to."""

    id: int
    slug: str
    title: str
    audience: str
    is_trashed: bool = False


@dataclass
class Directory:
    """Pages by everything they may be called."""

    by_title: dict[str, Known] = field(default_factory=dict)
    by_slug: dict[str, Known] = field(default_factory=dict)
    by_former: dict[str, Known] = field(default_factory=dict)
    by_source: dict[str, Known] = field(default_factory=dict)
    files: dict[int, str] = field(default_factory=dict)
    """The audience of the page of each file that is shown, by the number of the file."""
    sourced: dict[str, Sourced] = field(default_factory=dict)
    """The files that came with an import, by the paths under which its texts name them."""

    def named(self, name: str) -> Known | None:
        """The page with this title, else with this slug, else which once had it. A name without
        any letter of an address is found by its title only, as is one that may hold a section."""
        slug = "" if "#" in name else slugify(name, fallback="")
        return (
            self.by_title.get(title_key(name))
            or self.by_slug.get(slug)
            or (self.by_former.get(slug))
        )

    def addressed(self, slug: str) -> Known | None:
        """The page at this address, else the one that once was there, as a browser is led."""
        return self.by_slug.get(slug) or self.by_former.get(slug) or self.named(slug)

    def filed(self, keys: Iterable[str]) -> Known | None:
        """The page imported from the first of these source paths or permalinks that is known."""
        found = (self.by_source.get(key) or self.by_former.get(key) for key in keys)
        return next((known for known in found if known), None)


_COLUMNS = (
    Page.id,
    Page.slug,
    Page.title,
    Page.audience,
    Page.trashed_at,
    Page.title_key,
    Page.source_path,
)


def _names_in(text: str) -> list[str]:
    """What stands in [[…]]: the target, and the target without the section it may name."""
    targets = [part.partition("|")[0].strip("\\ ") for part in _WIKI_LINK.findall(text)]
    return [name for target in targets for name in (target, target.rpartition("#")[0]) if name]


def _addresses_in(text: str) -> list[str]:
    return [(first or second).partition("#")[0] for first, second in _ADDRESS.findall(text)]


def directory_for(session: Session, text: str, source_path: str | None) -> Directory:
    """The pages and files that the links of this text may lead to, in four statements at most."""
    names, addresses = _names_in(text), _addresses_in(text)
    keys = {title_key(name) for name in names}
    slugs = {slugify(name) for name in names} | {own_slug(href) or "" for href in addresses}
    files = {
        key
        for href in addresses
        if source_path and "://" not in href
        for key in files_meant(source_path, href)
    }
    numbers = {number for href in addresses if (number := file_number(href))}
    shown = _files(session, PageFile.id.in_(numbers)) if numbers else {}
    paths = [path for href in addresses for path in paths_meant(source_path or "", href)]
    sourced = sourced_files(session, paths) if source_path and paths else {}
    if not keys and not files and slugs <= {""}:
        return Directory(files=shown, sourced=sourced)
    pages = or_(Page.title_key.in_(keys), Page.slug.in_(slugs), Page.source_path.in_(files))
    found = _directory(session, pages, FormerSlug.slug.in_(slugs | files))
    return replace(found, files=shown, sourced=sourced)


def directory_of_all(session: Session) -> Directory:
    """Every page and file, for an import."""
    shown, sourced = _files(session, true()), sourced_files(session, None)
    return replace(_directory(session, None, None), files=shown, sourced=sourced)


def _files(session: Session, which: ColumnElement[bool]) -> dict[int, str]:
    query = select(PageFile.id, Page.audience).join(Page, Page.id == PageFile.page_id)
    rows = session.execute(query.where(which, PageFile.removed_at.is_(None)))
    return {row.id: row.audience for row in rows}


def _directory(session: Session, pages: object, former: object) -> Directory:
    found = Directory()
    query = select(*_COLUMNS) if pages is None else select(*_COLUMNS).where(pages)  # type: ignore[arg-type]
    for row in session.execute(query):
        known = known_from(row)
        found.by_title[row.title_key] = found.by_slug[row.slug] = known
        if row.source_path:
            found.by_source[row.source_path] = known
    joined = select(FormerSlug.slug.label("key"), *_COLUMNS[:5]).join(Page)
    for row in session.execute(joined if former is None else joined.where(former)):  # type: ignore[arg-type]
        found.by_former[row.key] = known_from(row)
    return found


def known_from(row: Any) -> Known:
    """A page from a row with its id, slug, title, audience and whether it is in the trash."""
    return Known(row.id, row.slug, row.title, row.audience, row.trashed_at is not None)
