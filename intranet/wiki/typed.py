"""What people type about pages, and in which form it may be stored."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from intranet.core.blocks import split_blocks
from intranet.core.markdown import LIMIT_CHARACTERS
from intranet.core.policy import Invalid
from intranet.core.text import UnusableLine, clean_line
from intranet.members.statuses import Audience
from intranet.wiki.endings import with_endings_of

LONGEST_SUMMARY = 300
SHRINKS_TO = 10
"""A save that leaves fewer than one in this many characters asks for confirmation."""


@dataclass(frozen=True)
class NewPage:
    """What somebody asks for when they write a page."""

    title: str
    text: str
    audience: str
    language: str
    parent_id: int | None = None
    tags: tuple[str, ...] = ()
    summary: str = ""


@dataclass(frozen=True)
class TextChange:
    """A text somebody wrote on top of the revision they had opened.

    `touched` is how many paragraphs their editor says it changed, None when it does not say.
    `confirmed` says that taking away almost everything, or changing more, is what they want.
    """

    base_revision_id: int
    text: str
    summary: str = ""
    minor: bool = False
    confirmed: bool = False
    touched: int | None = None


@dataclass(frozen=True)
class Revised:
    """The revision after a save; `merged` when somebody else's changes were put together with it,
    `changed` is False when the text was already that."""

    revision_id: int
    merged: bool = False
    changed: bool = True


def clean_text(text: str) -> str:
    """The text with the line endings of this application. Raises Invalid when it is too long."""
    plain = text.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "")
    if len(plain) > LIMIT_CHARACTERS:
        raise Invalid(text="wiki.text_too_long")
    return plain


def clean_summary(summary: str) -> str:
    """One line about a change, or nothing. Raises Invalid when it is too long."""
    try:
        return clean_line(summary, LONGEST_SUMMARY) if summary.strip() else ""
    except UnusableLine as problem:
        if problem.reason == "invisible":
            return ""
        raise Invalid(summary="wiki.summary_too_long") from problem


def known_audience(audience: str) -> str:
    """The audience when there is one of this name. Raises Invalid."""
    if audience not in set(map(str, Audience)):
        raise Invalid(audience="wiki.audience_unknown")
    return audience


def is_emptied(before: str, after: str) -> bool:
    """Whether the whole text would go."""
    return bool(before.strip()) and not after.strip()


def refuse_shrinking(before: str, after: str, *, confirmed: bool) -> None:
    """Raise Invalid when the whole text would go, or almost the whole and nobody confirmed it."""
    if is_emptied(before, after):
        raise Invalid(text="wiki.text_emptied")
    shrinks = len(after.strip()) * SHRINKS_TO <= len(before.strip())
    if before.strip() and shrinks and not confirmed:
        raise Invalid(confirmed="wiki.text_shrinks")


def refuse_unsaid(before: str, after: str, change: TextChange) -> None:
    """Raise Invalid when more paragraphs differ than the editor said it touched, unless the
    person has seen the difference and confirmed it: an editor may be wrong about what it does."""
    if change.touched is None or change.confirmed:
        return
    old, new = (Counter(block.text for block in split_blocks(text)) for text in (before, after))
    if max((new - old).total(), (old - new).total()) > change.touched:
        raise Invalid(confirmed="wiki.more_than_said")


def typed_on(base: str, change: TextChange) -> str:
    """The text that was typed on a base, with its line endings. Raises Invalid when it is too
    long, or when more was changed than the editor said."""
    text = with_endings_of(base, clean_text(change.text))
    refuse_unsaid(base, text, change)
    return text
