"""Where the links inside the text of a decision lead."""

from __future__ import annotations

from urllib.parse import quote

from intranet.core.markdown_links import Destination
from intranet.core.text import slugify


class Addresses:
    """Follows the addresses of the house without looking anything up.

    The text of a decision is rendered once and for ever, so a link is written whether or not
    its target exists yet.
    """

    def page(self, title: str) -> Destination | None:
        """The wiki page of this title."""
        return Destination(f"/wiki/{slugify(title)}")

    def decision(self, number: str) -> Destination | None:
        """The decision with this number."""
        return Destination(f"/decisions/{quote(number.strip(), safe='')}")

    def proposal(self, number: int) -> Destination | None:
        """The proposal with this number."""
        return Destination(f"/proposals/{number}")

    def path(self, href: str) -> Destination | None:
        """Paths of this site stay as they are; others mean nothing here."""
        return Destination(href) if href.startswith("/") and href[1:2] != "/" else None

    def image(self, href: str) -> Destination | None:  # noqa: ARG002
        """The register holds no pictures."""
        return None
