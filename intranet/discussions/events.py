"""What happens in conversations."""

from __future__ import annotations

from dataclasses import dataclass

from intranet.core.events import Event


@dataclass(frozen=True)
class CommentAdded(Event):
    """Somebody said something about a subject."""

    comment_id: int
    subject_kind: str
    subject_id: int


@dataclass(frozen=True)
class CommentCorrected(Event):
    """Somebody mended their own words a short time after they said them."""

    comment_id: int
    subject_kind: str
    subject_id: int


@dataclass(frozen=True)
class CommentHidden(Event):
    """A comment was taken out of sight; its place and the reason stay."""

    comment_id: int
    subject_kind: str
    subject_id: int
