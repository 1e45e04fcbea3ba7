"""What happens in the register."""

from __future__ import annotations

from dataclasses import dataclass

from intranet.core.events import Event


@dataclass(frozen=True)
class DecisionEntered(Event):
    """A decision has a number and stands in the register for ever."""

    decision_id: int
    number: str
    result: str
    text_digest: str


@dataclass(frozen=True)
class DecisionsLinked(Event):
    """A decision amends, supersedes, repeals, rectifies or requires another one."""

    from_number: str
    to_number: str
    kind: str


@dataclass(frozen=True)
class FileAttached(Event):
    """A file lies beside a decision, under the digest of its bytes."""

    decision_id: int
    number: str
    attachment_id: int
    digest: str


@dataclass(frozen=True)
class DecisionTagged(Event):
    """A decision is filed under other words than before: these came, these went."""

    decision_id: int
    number: str
    added: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()


@dataclass(frozen=True)
class DecisionAudienceChanged(Event):
    """Other people than before may read a decision."""

    decision_id: int
    number: str
    audience: str
