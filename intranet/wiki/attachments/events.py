"""What happens to the files of pages."""

from __future__ import annotations

from dataclasses import dataclass

from intranet.core.events import Event


@dataclass(frozen=True)
class PageFileAttached(Event):
    """A file was laid beside a page, or another version of one; `digest` is that of its bytes."""

    page_id: int
    file_id: int
    attachment_id: int
    digest: str


@dataclass(frozen=True)
class PageFileRemoved(Event):
    """A file of a page is no longer shown; its bytes are kept."""

    page_id: int
    file_id: int


@dataclass(frozen=True)
class PageFilePutBack(Event):
    """A file of a page that was removed is shown again."""

    page_id: int
    file_id: int
