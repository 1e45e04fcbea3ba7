"""That words were removed. The reason stands beside the digest, not in the journal."""

from __future__ import annotations

from dataclasses import dataclass

from intranet.core.events import Event


@dataclass(frozen=True)
class DecisionRedacted(Event):
    """The words of a decision were removed; its number, dates, count and digests remain.

    `suggested_digests` are those of the texts that votes among suggestions were about.
    """

    decision_id: int
    number: str
    text_digest: str
    text_voted_digest: str | None
    suggested_digests: tuple[str, ...] = ()


@dataclass(frozen=True)
class RevisionRedacted(Event):
    """The words of an earlier text of a page were removed."""

    page_id: int
    revision_id: int
    text_digest: str
