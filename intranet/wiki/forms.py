"""What people typed in the forms of the wiki, kept as it is and given its types."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from intranet.core.dates import parse_date
from intranet.core.text import whole_number
from intranet.wiki.typed import NewPage, TextChange

_BETWEEN_TAGS = re.compile(r"[,;\n]+")


def tags_of(typed: str) -> tuple[str, ...]:
    """The tags typed one after the other, parted by commas."""
    return tuple(tag.strip() for tag in _BETWEEN_TAGS.split(typed) if tag.strip())


def day_of(typed: str | None) -> date | None:
    """The day in an address or a field, or None when there is none."""
    return parse_date(typed) if typed else None


def number_of(typed: str | None) -> int | None:
    """The whole number typed, or None."""
    return whole_number(typed or "")


@dataclass
class PageForm:
    """The form of a new page."""

    title: str = ""
    text: str = ""
    parent: str = ""
    parent_name: str = ""
    audience: str = "above"
    tags: str = ""
    errors: dict[str, str] = field(default_factory=dict)

    @classmethod
    def from_request(cls, form: Mapping[str, str]) -> PageForm:
        """What was typed."""
        return cls(
            title=form.get("title", ""),
            text=form.get("text", ""),
            parent=form.get("parent", ""),
            parent_name=form.get("parent_name", ""),
            audience=form.get("audience", ""),
            tags=form.get("tags", ""),
        )

    def page(self, language: str, parent_id: int | None) -> NewPage:
        """The page that is meant, below this one."""
        tags = tags_of(self.tags)
        return NewPage(self.title, self.text, self.audience, language, parent_id, tags)


@dataclass
class TextForm:
    """The form that revises a page; `base` is the revision that was opened, `touched` how many
    paragraphs the editor says it changed, None when it says nothing. `section` is the heading of
    the only part that the form holds, if it does not hold the whole."""

    text: str
    base: int
    summary: str = ""
    minor: bool = False
    confirmed: bool = False
    touched: int | None = None
    section: str = ""
    wish: str = "save"
    errors: dict[str, str] = field(default_factory=dict)

    @classmethod
    def from_request(cls, form: Mapping[str, str]) -> TextForm:
        """What was typed, and which button was pressed: save, preview or changes."""
        return cls(
            text=form.get("text", "").replace("\r\n", "\n"),
            base=number_of(form.get("base")) or 0,
            summary=form.get("summary", ""),
            minor="minor" in form,
            confirmed="confirmed" in form,
            touched=number_of(form.get("touched")),
            section=form.get("section", ""),
            wish=form.get("wish", "save"),
        )

    def change(self, text: str) -> TextChange:
        """The change that is meant, of the whole text."""
        return TextChange(self.base, text, self.summary, self.minor, self.confirmed, self.touched)
