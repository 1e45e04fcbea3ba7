"""What happens to the actions of decisions."""

from __future__ import annotations

from dataclasses import dataclass

from intranet.core.events import Event


@dataclass(frozen=True)
class ActionPlanned(Event):
    """A decision asks somebody to do something."""

    decision_id: int
    number: str
    action_id: int
    owner_id: int


@dataclass(frozen=True)
class ActionHandedOver(Event):
    """Somebody else does an action, or until another day."""

    decision_id: int
    number: str
    action_id: int
    owner_id: int


@dataclass(frozen=True)
class ActionDone(Event):
    """An action is done."""

    decision_id: int
    number: str
    action_id: int


@dataclass(frozen=True)
class ActionDropped(Event):
    """An action will not be done, and it is said why."""

    decision_id: int
    number: str
    action_id: int


@dataclass(frozen=True)
class ActionReopened(Event):
    """An action that was done or dropped is to be done after all."""

    decision_id: int
    number: str
    action_id: int
