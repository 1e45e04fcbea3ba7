"""Where the links of a page lead, as the core's renderer asks it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from sqlalchemy import bindparam, delete, insert, select
from sqlalchemy.orm import Session

from intranet.core.db import run
from intranet.core.markdown_links import Destination, LinkTarget
from intranet.members.statuses import is_open_to
from intranet.wiki.addresses import (
    RESERVED,
    creation_address,
    decision_address,
    file_address,
    file_key,
    file_number,
    page_address,
    proposal_address,
)
from intranet.wiki.directory import Directory, Known, known_from, own_slug, title_key
from intranet.wiki.imports.sourced import paths_meant
from intranet.wiki.models import Page, PageLink
from intranet.wiki.paths import files_meant

_FORGET = delete(PageLink).where(PageLink.page_id == bindparam("page_id"))
_KEEP = insert(PageLink)
_BOUND = (
    select(PageLink.target_key, Page.id, Page.slug, Page.title, Page.audience, Page.trashed_at)
    .join(Page, Page.id == PageLink.target_page_id)
    .where(PageLink.page_id == bindparam("page_id"), PageLink.kind == "page")
)
_KEPT = frozenset({"page", "path", "decision", "proposal", "inclusion", "file"})


def bound_links(session: Session, page_id: int) -> dict[str, Known]:
    """Where the names in the text of a page lead already. A link means the page that it meant
    when it was written, whatever that page is called today and whoever took its name since."""
    rows = run(session, _BOUND, {"page_id": page_id})
    return {row.target_key: known_from(row) for row in rows}


@dataclass(frozen=True)
class PageLinks:
    """The links of one page, seen from its audience and from the file it was imported from.

    A page that some readers of this one may not see is stored as if it were missing, to the
    letter; `open_links` leads whoever may see it.
    """

    directory: Directory
    audience: str
    source_path: str | None = None
    bound: Mapping[str, Known] = field(default_factory=dict)

    def _to(self, known: Known | None, missing: Destination) -> Destination:
        """The page, unless there is none, it is in the trash or closed to some readers: then, what
        a missing page looks like, which keeps the key, so that it is drawn again when it opens."""
        if known is None:
            return missing
        if known.is_trashed or not is_open_to(known.audience, self.audience):
            return replace(missing, key=str(known.id))
        return Destination(page_address(known.slug), True, known.title, str(known.id))

    def page(self, title: str) -> Destination | None:
        """The page that this name led to before, else the one with this title or slug, or where
        to create it."""
        missing = Destination(creation_address(title), False, title)
        known = self.bound.get(title_key(title)) or self.directory.named(title)
        return self._to(known, missing)

    def decision(self, number: str) -> Destination | None:
        """The decision of this number; the register says what is there."""
        return Destination(decision_address(number))

    def proposal(self, number: int) -> Destination | None:
        """The proposal of this number."""
        return Destination(proposal_address(number))

    def path(self, href: str) -> Destination | None:
        """What a path means: a page of ours, a file of the import, another room of the house."""
        if sourced := self._sourced(href):
            return sourced
        if number := file_number(href):
            return self._file(number, href)
        slug = own_slug(href)
        if slug and slug not in RESERVED:
            missing = Destination(creation_address(slug), False, slug)
            return self._to(self.directory.addressed(slug), missing)
        if self.source_path and not slug:
            filed = self.directory.filed(files_meant(self.source_path, href))
            return self._to(filed, Destination("", False))
        return Destination(href) if href.startswith("/") else None

    def image(self, href: str) -> Destination | None:
        """A picture that is a file of a page; any other is missing, and the text says which."""
        if sourced := self._sourced(href):
            return sourced
        number = file_number(href)
        return self._file(number, href) if number else None

    def _sourced(self, href: str) -> Destination | None:
        """A file that came with the import of this page, under the path it had there."""
        paths = paths_meant(self.source_path, href) if self.source_path else []
        known = next(
            (self.directory.sourced[p] for p in paths if p in self.directory.sourced), None
        )
        if known is None:
            return None
        if not is_open_to(known.audience, self.audience):
            return Destination("", False)
        address = file_address(known.number, known.name)
        return Destination(address, key=file_key(known.number))

    def _file(self, number: int, href: str) -> Destination:
        """A file, unless it was removed or some readers of this page may not fetch it."""
        audience = self.directory.files.get(number)
        if audience is None or not is_open_to(audience, self.audience):
            return Destination("", False)
        return Destination(href)


def _key_of(link: LinkTarget) -> str:
    """A page is known by its name, or by its address whatever its spelling."""
    if link.kind in ("page", "inclusion"):
        return title_key(link.name or link.target)
    if number := _file_of(link):
        return file_key(number)
    slug = own_slug(link.target) if link.kind == "path" else None
    return page_address(slug) if slug else link.target[:500]


def _file_of(link: LinkTarget) -> int | None:
    """The file of a page that a link or a picture means."""
    before, _, number = link.key.rpartition(":")
    if before and link.key == file_key(int(number)):
        return int(number)
    return file_number(link.target) if link.kind in ("path", "image") else None


def keep_links(session: Session, page_id: int, links: tuple[LinkTarget, ...]) -> None:
    """Replace what is known of the links of a page, each target once, each section apart."""
    run(session, _FORGET, {"page_id": page_id})
    kinds = (("file" if _file_of(link) else link.kind, link) for link in links)
    kept = {(kind, _key_of(link), link.target): link for kind, link in kinds if kind in _KEPT}
    rows = [
        {
            "page_id": page_id,
            "kind": kind,
            "target": link.target[:500],
            "target_key": key,
            "target_page_id": int(link.key) if link.key.isdigit() else None,
        }
        for (kind, key, _target), link in kept.items()
    ]
    if rows:
        run(session, _KEEP, rows)
