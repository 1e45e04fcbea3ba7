"""The rights with which a page begins."""

from __future__ import annotations

from dataclasses import dataclass

from intranet.wiki.models import Page
from intranet.wiki.typed import known_audience

DRAFT, AS_ABOVE = "draft", "above"
"""What is chosen in place of an audience: a draft for its author, or the readers of the branch."""


@dataclass(frozen=True)
class Start:
    """Readers and writers of a new page, and whether they are its own. A draft has its author as
    owner, who chooses later for whom it is."""

    audience: str
    writers: str = ""
    own: bool = True
    draft_of: int | None = None

    def columns(self) -> dict[str, object]:
        """What to write into the row of the page."""
        return {
            "audience": self.audience,
            "writers": self.writers,
            "has_own_rights": self.own,
            "is_draft": self.draft_of is not None,
            "owner_id": self.draft_of,
        }


def start(chosen: str, parent: Page | None) -> Start:
    """The rights of a new page as they were chosen; those of a draft are made elsewhere. One with
    the readers of the page above it follows that page. Raises Invalid for an unknown audience.
    """
    if parent is not None and chosen in (AS_ABOVE, parent.audience):
        return Start(parent.audience, parent.writers, own=False)
    if chosen == AS_ABOVE:
        return Start("workers")
    return Start(known_audience(chosen), parent.writers if parent else "")
