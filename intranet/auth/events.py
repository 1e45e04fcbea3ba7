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
    """An invited person opened their account."""

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


@dataclass(frozen=True)
class InvitationWithdrawn(Event):
    """A link that nobody had used works no longer."""

    invitation_id: int


@dataclass(frozen=True)
class SessionEnded(Event):
    """An account ended one of its sessions from another one."""

    account_id: int
    sign_in_id: int


@dataclass(frozen=True)
class PasswordChanged(Event):
    """An account has another password; its other sessions are over."""

    account_id: int


@dataclass(frozen=True)
class LanguageChosen(Event):
    """An account reads the pages in a language of its own."""

    account_id: int
    language: str


@dataclass(frozen=True)
class AccountDisabled(Event):
    """An account lets nobody in until it is enabled again."""

    account_id: int


@dataclass(frozen=True)
class AccountEnabled(Event):
    """A disabled account lets its owner in again."""

    account_id: int


@dataclass(frozen=True)
class AdministratorMade(Event):
    """An account was given the technical administration."""

    account_id: int


@dataclass(frozen=True)
class AdministratorUnmade(Event):
    """The technical administration was taken from an account."""

    account_id: int


@dataclass(frozen=True)
class ResetLinkMade(Event):
    """An administrator was given a link by which an account chooses a new password."""

    account_id: int
    reset_link_id: int


@dataclass(frozen=True)
class PasswordReset(Event):
    """An account chose a new password by a link; all its sessions are over."""

    account_id: int


@dataclass(frozen=True)
class OtherSessionsEnded(Event):
    """An account ended all its sessions but the one it was in."""

    account_id: int


@dataclass(frozen=True)
class SecondFactorSet(Event):
    """An account asks for a code beside its password."""

    account_id: int


@dataclass(frozen=True)
class SecondFactorRemoved(Event):
    """An account asks for its password alone again."""

    account_id: int


@dataclass(frozen=True)
class RecoveryCodesMade(Event):
    """An account has new recovery codes; the earlier ones work no longer."""

    account_id: int


@dataclass(frozen=True)
class RecoveryCodeUsed(Event):
    """A recovery code opened a session in place of a code of the application."""

    account_id: int


@dataclass(frozen=True)
class PasskeyAdded(Event):
    """A device may open an account."""

    account_id: int
    passkey_id: int


@dataclass(frozen=True)
class PasskeyRemoved(Event):
    """A device opens an account no longer."""

    account_id: int


@dataclass(frozen=True)
class IdentityLinked(Event):
    """An account of the provider opens an account here."""

    account_id: int


@dataclass(frozen=True)
class IdentityUnlinked(Event):
    """An account of the provider opens an account here no longer."""

    account_id: int
