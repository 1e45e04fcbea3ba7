"""The choices of the example: several options, marked, and one of them counted."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, time
from functools import partial

from intranet.core.transaction import Transaction
from intranet.example.data import Record
from intranet.example.story import AFTERWARDS, Step, World
from intranet.polls.procedure_models import NewProcedure, settings_from
from intranet.polls.service import cast_ballot, define_procedure
from intranet.proposals import service
from intranet.proposals.models import Proposal
from intranet.proposals.versions import Wording

DRAFTING, OPENING, CLOSING = time(9), time(10), time(18)
BALLOTS_EVERY = 50
"""Minutes between two ballots."""


def steps(world: World) -> Iterator[Step]:
    """The procedures that choose, then the life of every choice."""
    founded = world.moment(world.founded_on, AFTERWARDS)
    yield Step(founded, partial(_define, world))
    for choice in world.example.choices:
        yield from _life(world, choice)


def _define(world: World, tx: Transaction) -> None:
    for written in world.example.choosing:
        settings, election = settings_from(written["method"], written["settings"])
        new = NewProcedure(
            name=written["name"],
            description=written["description"],
            body_id=world.bodies[written["body"]],
            method=written["method"],
            settings=settings,
            secret=written["secret"],
            min_discussion_hours=72,
            min_voting_hours=72,
            key=written["key"],
            election=election,
        )
        define_procedure(tx, new)


def _moment(world: World, choice: Record, name: str, hour: time, minutes: int = 0) -> datetime:
    return world.moment(world.days_ago(choice[f"{name}_days_ago"]), hour, minutes)


def _life(world: World, choice: Record) -> Iterator[Step]:
    author, closes_at = choice["author"], _moment(world, choice, "closes", CLOSING)
    submitted = _moment(world, choice, "submitted", DRAFTING)
    yield Step(submitted, partial(_submit, world, choice), author)
    opened = _moment(world, choice, "opened", OPENING)
    yield Step(opened, partial(_open, world, choice, closes_at), author)
    for place, ballot in enumerate(choice["ballots"], start=1):
        moment = _moment(world, choice, "opened", OPENING, BALLOTS_EVERY * place)
        yield Step(moment, partial(_cast, world, choice, ballot), ballot["person"])
    if closes_at <= world.now:
        yield Step(closes_at, partial(_count, world, choice))


def _submit(world: World, choice: Record, tx: Transaction) -> None:
    wording = Wording(
        title=choice["title"],
        motivation=choice["motivation"],
        text=choice["text"],
        options=choice["options"],
        seats=choice["seats"],
    )
    new = service.NewProposal("choice", wording, choice["procedure"])
    world.proposals[choice["key"]] = service.draft(tx, new)
    service.submit(tx, world.proposals[choice["key"]])


def _open(world: World, choice: Record, closes_at: datetime, tx: Transaction) -> None:
    service.open_voting(tx, world.proposals[choice["key"]], closes_at)


def _cast(world: World, choice: Record, ballot: Record, tx: Transaction) -> None:
    poll_id = tx.session.get_one(Proposal, world.proposals[choice["key"]]).poll_id
    assert poll_id is not None  # noqa: S101
    marks = {f"mark.{place}": str(mark or "") for place, mark in enumerate(ballot["marks"])}
    cast_ballot(tx, poll_id, marks | {"reason": ballot.get("reason", "")})


def _count(world: World, choice: Record, tx: Transaction) -> None:
    service.conclude(tx, world.proposals[choice["key"]])
