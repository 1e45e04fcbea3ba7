"""What happens to conversations on pages."""

from __future__ import annotations

from dataclasses import dataclass

from intranet.core.events import Event


@dataclass(frozen=True)
class PageCommented(Event):
    """Somebody said something about a page, or about one of its paragraphs."""

    page_id: int
    comment_id: int


@dataclass(frozen=True)
class PageCommentSettled(Event):
    """The matter of a comment on a page is settled."""

    page_id: int
    comment_id: int


@dataclass(frozen=True)
class PageCommentReopened(Event):
    """The matter of a comment on a page is not settled after all."""

    page_id: int
    comment_id: int
