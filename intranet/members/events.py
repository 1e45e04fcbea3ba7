"""What happens to people, their statuses and mandates, the bodies and the cooperative."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from intranet.core.events import Event


@dataclass(frozen=True)
class PersonAdded(Event):
    """The cooperative knows somebody new, with a first status."""

    person_id: int
    status: str


@dataclass(frozen=True)
class StatusChanged(Event):
    """A decision gave a person another status from a day on."""

    person_id: int
    status: str
    starts_on: date
    decision_number: str


@dataclass(frozen=True)
class MandateGiven(Event):
    """A decision gave a person a task for a time."""

    person_id: int
    mandate_id: int
    decision_number: str


@dataclass(frozen=True)
class MandateEnded(Event):
    """A decision ended a task earlier than it would have."""

    person_id: int
    mandate_id: int
    decision_number: str


@dataclass(frozen=True)
class MandateEndsSoon(Event):
    """A mandate ends within 30 days; told once."""

    person_id: int
    mandate_id: int


@dataclass(frozen=True)
class ProfileUpdated(Event):
    """A person changed what they say about themselves."""

    person_id: int


@dataclass(frozen=True)
class BodyAdded(Event):
    """A group that decides exists from now on; a decision says so once votes have begun."""

    body_id: int
    decision_number: str | None = None


@dataclass(frozen=True)
class BodyChanged(Event):
    """A body has another name, task, wider body or list of people."""

    body_id: int
    decision_number: str | None


@dataclass(frozen=True)
class CooperativeNamed(Event):
    """The installation belongs to a cooperative from now on."""


@dataclass(frozen=True)
class SettingsChanged(Event):
    """The cooperative's name, colour, language or open statuses changed."""


@dataclass(frozen=True)
class RightsChanged(Event):
    """The statuses may do other things than before; a decision says so once votes have begun."""

    decision_number: str | None
