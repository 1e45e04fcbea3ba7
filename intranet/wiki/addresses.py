"""Addresses of pages and of what pages point to. They are stored in rendered texts, so they are
written here and not asked of the web framework; a test compares them with the routes."""

from __future__ import annotations

import re
from urllib.parse import quote

RESERVED = frozenset(
    (
        *("new", "preview", "tags", "changes", "wanted", "orphans", "archive", "tree"),
        *("favourites", "tag-completion", "tag-renaming", "links", "arrange", "completions"),
        *("files", "suggestions", "imports"),
    )
)
"""Words that are addresses of the wiki itself, so no page may have them."""


def page_address(slug: str) -> str:
    """Where a page is read."""
    return f"/wiki/{slug}"


def comments_address(slug: str) -> str:
    """Where one talks about a page."""
    return f"{page_address(slug)}/comments"


def reading_address(slug: str) -> str:
    """Where one says to have read a rule."""
    return f"{page_address(slug)}/reading"


def creation_address(title: str) -> str:
    """Where a page that is missing is written."""
    return f"/wiki/new?title={quote(title, safe='')}"


def amendment_address(slug: str, block_id: str) -> str:
    """Where a change of one paragraph of a rule is proposed."""
    return f"/wiki/{slug}/amendment?block={quote(block_id, safe='')}"


def paragraph_address(slug: str, block_id: str) -> str:
    """Where the history of one paragraph of a rule is told."""
    return f"{page_address(slug)}/paragraphs/{quote(block_id, safe='')}"


def decision_address(number: str) -> str:
    """Where a decision of the register is read."""
    return f"/decisions/{quote(number, safe='')}"


def proposal_address(number: int) -> str:
    """Where a proposal is read."""
    return f"/proposals/{number}"


_FILE = re.compile(r"/wiki/files/([0-9]{1,9})(?:/[^/?#]*)?(?:\?[^#]*)?")


def file_address(number: int, name: str) -> str:
    """Where a file of a page is fetched; the name is for people, the number finds it."""
    return f"/wiki/files/{number}/{quote(name, safe='')}"


def file_page_address(number: int) -> str:
    """Where a file of a page is shown with its versions."""
    return f"/wiki/files/{number}"


def file_number(href: str) -> int | None:
    """The number of the file of a page that an address means, or None."""
    found = _FILE.fullmatch(href)
    return int(found[1]) if found else None


def file_key(number: int) -> str:
    """Under which key links to a file of a page are kept."""
    return f"file:{number}"
