"""The text of a page to be adopted: as the page reads, with the amendments taken into a wording."""

from __future__ import annotations

from dataclasses import dataclass

from intranet.core.merge import Conflict, merge
from intranet.core.policy import Invalid
from intranet.core.transaction import Reader
from intranet.wiki import sources
from intranet.wiki.sources import PageSource

AS_THE_PAGE = "page"
"""What the author chooses to give up the amendments taken in."""


@dataclass(frozen=True)
class TextToAdopt:
    """What an adoption could say now. `together` is the page with the amendments taken in, None
    while page and amendments changed the same paragraphs: these are the `conflicts`, in which
    "mine" are the words of the amendments."""

    page: str
    together: str | None
    conflicts: tuple[Conflict, ...] = ()

    @property
    def is_amended(self) -> bool:
        """Whether amendments were taken in that the page does not have."""
        return self.together != self.page

    def chosen(self, which: str) -> str:
        """The text to vote on as its author chose. Raises Invalid while that cannot be said."""
        if which == AS_THE_PAGE:
            return self.page
        if self.together is None:
            raise Invalid(adopted_text="amendments_and_page_differ")
        return self.together


def text_to_adopt(
    reader: Reader, text: str, base_revision_id: int | None, page: PageSource
) -> TextToAdopt:
    """The text of a wording, taken from this revision of its page, and what the page says by now,
    put together by paragraphs."""
    if page.source == text or base_revision_id is None:
        return TextToAdopt(page.source, page.source)
    merged = merge(sources.revision_source(reader, base_revision_id), text, page.source)
    return TextToAdopt(page.source, merged.text, merged.conflicts)
