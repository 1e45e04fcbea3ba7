"""Short ways to define procedures, open polls and vote in tests."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from sqlalchemy import func, select

from intranet.core import clock
from intranet.core.db import Base, db
from intranet.core.events import EventRow
from intranet.members.models import Body, BodyMember, Person, StatusPeriod
from intranet.polls import effects, service
from intranet.polls.effects import Opening
from intranet.polls.models import Poll
from intranet.polls.service import NewProcedure
from intranet.proposals import service as proposals
from intranet.proposals.service import NewProposal
from intranet.proposals.versions import Wording
from intranet.voting.outcome import Outcome
from intranet.voting.settings import Settings
from tests.cast import STARTED, acting

SIMPLE = NewProcedure(
    name="Majorité simple",
    description="",
    body_id=0,
    method="simple_majority",
    settings=Settings(),
    min_voting_hours=1,
)


def define(body_id: int, **changes: object) -> int:
    """A procedure of a body: a simple majority, unless changes say otherwise."""
    with acting(None) as tx:
        return service.define_procedure(tx, replace(SIMPLE, body_id=body_id, **changes))  # type: ignore[arg-type]


def open_poll(
    procedure_id: int,
    voters: Sequence[int],
    hours: float = 48,
    text: str = "Nous achetons un four.",
    origin_id: int = 1,
    candidates: Sequence[str] = (),
) -> int:
    """A poll on a text that no proposal stands behind."""
    closes_at = clock.now() + timedelta(hours=hours)
    opening = Opening("essai", origin_id, "Le four", text, procedure_id, voters, closes_at)
    with acting(None) as tx:
        return effects.open_poll(tx, replace(opening, candidates=candidates))


def vote(person_id: int, poll_id: int, option: str = "for", reason: str = "") -> None:
    """One ballot of a person."""
    with acting(person_id) as tx:
        service.cast_ballot(tx, poll_id, {"option": option, "reason": reason})


def close(poll_id: int) -> Outcome:
    """Count a poll."""
    with acting(None) as tx:
        return effects.close_poll(tx, poll_id)


def stored(poll_id: int) -> Poll:
    """A poll as it is in the database now."""
    db.session.rollback()
    return db.session.get_one(Poll, poll_id)


def rows(model: type[Base]) -> int:
    """How many rows a table holds now."""
    db.session.rollback()
    return db.session.scalar(select(func.count()).select_from(model)) or 0


def happened() -> list[str]:
    """The names of all events, in their order."""
    db.session.rollback()
    return list(db.session.scalars(select(EventRow.name).order_by(EventRow.id)))


def crowd(count: int, status: str = "member_employee") -> list[int]:
    """So many more people with a status."""
    with acting(None) as tx:
        people = [Person(name=f"Personne {n:03}", created_at=tx.now) for n in range(count)]
        tx.session.add_all(people)
        tx.session.flush()
        tx.session.add_all(
            StatusPeriod(person_id=person.id, status=status, starts_on=STARTED) for person in people
        )
        return [person.id for person in people]


def circle(people: Sequence[int]) -> int:
    """A body whose members are these people, by list."""
    with acting(None) as tx:
        body = Body(code="CERCLE", name="Cercle", statuses="")
        tx.session.add(body)
        tx.session.flush()
        tx.session.add_all(BodyMember(body_id=body.id, person_id=person) for person in people)
        return body.id


def becomes(person_id: int, status: str, on: date) -> None:
    """A person changes status on a day."""
    with acting(None) as tx:
        current = tx.session.scalars(
            select(StatusPeriod).where(
                StatusPeriod.person_id == person_id, StatusPeriod.ends_on.is_(None)
            )
        ).one()
        current.ends_on = on
        tx.session.flush()
        tx.session.add(StatusPeriod(person_id=person_id, status=status, starts_on=on))


def submitted(author_id: int, procedure_key: str, title: str = "Acheter un four") -> int:
    """A resolution under discussion."""
    wording = Wording(title=title, text="Nous achetons un four.")
    with acting(author_id) as tx:
        proposal_id = proposals.draft(tx, NewProposal("resolution", wording, procedure_key))
        proposals.submit(tx, proposal_id)
        return proposal_id


def put_to_the_vote(author_id: int, proposal_id: int, hours: float = 1) -> int:
    """The poll of a proposal, open for some hours."""
    closes_at = clock.now() + timedelta(hours=hours)
    with acting(author_id) as tx:
        return proposals.open_voting(tx, proposal_id, closes_at)
