"""What happens to the dossiers of people who come to the cooperative."""

from __future__ import annotations

from dataclasses import dataclass

from intranet.core.events import Event


@dataclass(frozen=True)
class DossierOpened(Event):
    """Somebody asked for a place here, or was asked to come."""

    person_id: int
    dossier_id: int


@dataclass(frozen=True)
class DossierChanged(Event):
    """The words, the sponsor or the steps of a dossier changed."""

    person_id: int
    dossier_id: int


@dataclass(frozen=True)
class DossierEnded(Event):
    """A request was accepted, refused or withdrawn."""

    person_id: int
    dossier_id: int
    outcome: str


@dataclass(frozen=True)
class ApplicantYearReached(Event):
    """Somebody has worked here for a year: the assembly has to rule on their request, if they
    make it."""

    person_id: int
    dossier_id: int
