"""What happens to pages."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from intranet.core.events import Event


@dataclass(frozen=True)
class PageCreated(Event):
    """A page was written for the first time."""

    page_id: int
    revision_id: int


@dataclass(frozen=True)
class PageRevised(Event):
    """The text of a page changed by hand."""

    page_id: int
    revision_id: int


@dataclass(frozen=True)
class PageRestored(Event):
    """An earlier text came back as a new revision."""

    page_id: int
    revision_id: int
    from_revision_id: int


@dataclass(frozen=True)
class PageRenamed(Event):
    """A page has another name and address; the former address leads to the new one."""

    page_id: int
    revision_id: int


@dataclass(frozen=True)
class PageMoved(Event):
    """A page stands elsewhere in the tree."""

    page_id: int
    parent_id: int | None


@dataclass(frozen=True)
class PageArchived(Event):
    """A page was put away, with a reason; its text and history stay."""

    page_id: int


@dataclass(frozen=True)
class PageUnarchived(Event):
    """A page that was put away is in use again."""

    page_id: int


@dataclass(frozen=True)
class PageTagged(Event):
    """The words under which a page is filed changed."""

    page_id: int


@dataclass(frozen=True)
class PageAudienceChanged(Event):
    """Other people than before may read a page."""

    page_id: int
    audience: str


@dataclass(frozen=True)
class PageWritersChanged(Event):
    """Other people than before may write a page; nobody named means everybody who writes."""

    page_id: int
    writers: str


@dataclass(frozen=True)
class PageNumbered(Event):
    """The headings of a page are shown with numbers from now on, or without."""

    page_id: int


@dataclass(frozen=True)
class RuleCreated(Event):
    """A decision made a new rule."""

    page_id: int
    revision_id: int
    decision_number: str


@dataclass(frozen=True)
class RuleAmended(Event):
    """A decision changed the text of a rule, from a day on."""

    page_id: int
    revision_id: int
    decision_number: str
    in_force_on: date


@dataclass(frozen=True)
class RuleRepealed(Event):
    """A decision repealed a rule from a day on."""

    page_id: int
    decision_number: str
    repealed_on: date


@dataclass(frozen=True)
class RuleCorrected(Event):
    """Somebody mended a slip of writing in a paragraph of a rule; no decision was needed."""

    page_id: int
    revision_id: int
    correction_id: int


@dataclass(frozen=True)
class CorrectionRevoked(Event):
    """Somebody put the words back that a correction had mended."""

    page_id: int
    revision_id: int
    correction_id: int


@dataclass(frozen=True)
class RuleDecidersNamed(Event):
    """A decision said which procedures may change a rule from now on: their keys, separated by
    spaces, none for those of its rank. Version 1 did not say which."""

    version: ClassVar[int] = 2
    page_id: int
    decision_number: str
    keys: str


@dataclass(frozen=True)
class RuleCameIntoForce(Event):
    """The day came from which a text enacted earlier applies."""

    page_id: int
    revision_id: int


@dataclass(frozen=True)
class LinksOutdated(Event):
    """Many pages link to this one by a name or address that changed: they are drawn again."""

    page_id: int


@dataclass(frozen=True)
class RulePlaced(Event):
    """A decision gave a rule another place among the rules, from a day on: after another one, or
    before all. Version 1 did not say after which."""

    version: ClassVar[int] = 2
    page_id: int
    decision_number: str
    in_force_on: date
    after_id: int | None


@dataclass(frozen=True)
class RuleMoved(Event):
    """The day of a rule's place has come: the tree shows it there."""

    page_id: int
    place_id: int
