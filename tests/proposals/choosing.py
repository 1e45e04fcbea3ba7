"""Short ways to put several options to the vote in tests."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta

from sqlalchemy import update

from intranet.polls.models import Poll
from intranet.polls.procedure_models import Course
from intranet.polls.service import NewProcedure, cast_ballot, define_procedure
from intranet.proposals import service
from intranet.proposals.service import NewProposal
from intranet.proposals.versions import Wording
from intranet.voting.election import ElectionSettings
from intranet.voting.settings import Settings
from tests.cast import acting
from tests.proposals.stage import Stage

GRADES = ("Très bien", "Bien", "Passable", "À rejeter")
SUPPLIERS = ("Atelier du Rhône", "Bois & Cie", "Coop des Alpes")


def a_way_to_choose(
    stage: Stage,
    method: str,
    settings: ElectionSettings | None = None,
    secret: bool = False,
    course: Course | None = None,
) -> str:
    """A procedure of the assembly that chooses among options; gives its key."""
    settings = settings or ElectionSettings()
    key = f"{method}-secret" if secret else method
    with acting(None) as tx:
        new = NewProcedure(
            f"Choisir ({method}{', secret' if secret else ''})",
            "",
            stage.cast.assembly,
            method,
            Settings(quorum=settings.quorum),
            secret=secret,
            min_voting_hours=1,
            key=key,
            course=course or Course(smallest_secret=3),
            election=settings,
        )
        define_procedure(tx, new)
    return key


def a_choice(
    stage: Stage, procedure: str, options: Sequence[str] = SUPPLIERS, seats: int = 1
) -> int:
    """A submitted choice among options."""
    with acting(stage.cast.amel) as tx:
        wording = Wording(
            "Notre fournisseur de bois",
            "Le contrat finit en mars.",
            "Nous achetons notre bois à :",
            options=options,
            seats=seats,
        )
        proposal_id = service.draft(tx, NewProposal("choice", wording, procedure))
        service.submit(tx, proposal_id)
    return proposal_id


def opened(stage: Stage, proposal_id: int) -> int:
    """Put a choice to the vote for two days; gives the poll."""
    with acting(stage.cast.amel) as tx:
        return service.open_voting(tx, proposal_id, tx.now + timedelta(days=2))


def mark(poll_id: int, person: int, fields: Mapping[str, str]) -> None:
    """Cast one ballot: the fields of its form."""
    with acting(person) as tx:
        cast_ballot(tx, poll_id, dict(fields))


def marks(*numbers: int | None) -> dict[str, str]:
    """The fields of a form with a mark, or none, beside each option."""
    return {f"mark.{n}": str(mark) for n, mark in enumerate(numbers) if mark is not None}


def counted(proposal_id: int, poll_id: int) -> None:
    """Let the time run out and count, as the worker does."""
    with acting(None) as tx:
        hours = {"opened_at": tx.now - timedelta(days=3), "closes_at": tx.now - timedelta(hours=1)}
        tx.session.execute(update(Poll).where(Poll.id == poll_id).values(**hours))
    with acting(None) as tx:
        service.conclude(tx, proposal_id)
