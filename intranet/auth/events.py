"""What happens to accounts."""

from __future__ import annotations

from dataclasses import dataclass

from intranet.core.events import Event


@dataclass(frozen=True)
class CooperativeFounded(Event):
    """The installation was set up with its first account."""

    person_id: int


@dataclass(frozen=True)
class PersonInvited(Event):
    """Somebody was given a way in."""

    person_id: int
    invitation_id: int


@dataclass(frozen=True)
class InvitationAccepted(Event):
    """An invited person chose a password."""

    person_id: int
    invitation_id: int


@dataclass(frozen=True)
class SignedInHere(Event):
    """An account opened a session."""

    account_id: int
    sign_in_id: int


@dataclass(frozen=True)
class SignedOut(Event):
    """A session was ended by its owner."""

    account_id: int
    sign_in_id: int
