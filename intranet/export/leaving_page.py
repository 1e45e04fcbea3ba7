"""A page that leaves, with its place among the others."""

from __future__ import annotations

from dataclasses import dataclass

from intranet.wiki.models import Page, Revision


@dataclass(frozen=True)
class LeavingPage:
    """A page with the text that applies now; `path` is its place among those that leave, from the
    top of the tree down and without ending. `depth` is 0 at the top."""

    page: Page
    revision: Revision
    path: str
    tags: tuple[str, ...]

    @property
    def depth(self) -> int:
        """How many of the others stand above it."""
        return self.path.count("/")
