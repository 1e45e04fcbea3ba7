"""What one person of the example decides alone, after asking for advice and answering it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, time
from functools import partial

from intranet.core.transaction import Transaction
from intranet.example.data import Record
from intranet.example.story import AFTERWARDS, Step, World
from intranet.polls.advising_rules import DECIDES
from intranet.polls.procedure_models import Course, NewProcedure
from intranet.polls.service import cast_ballot, define_procedure
from intranet.proposals import service
from intranet.proposals.advised.models import Choice
from intranet.proposals.advised.service import answer_advice
from intranet.proposals.models import Proposal
from intranet.proposals.versions import Wording
from intranet.voting.methods.advice_process import METHOD
from intranet.voting.settings import Settings

DRAFTING, OPENING, ANSWERING, CLOSING = time(9), time(10), time(16), time(18)
ADVICE_EVERY = 55
"""Minutes between two people who advise."""


def steps(world: World) -> Iterator[Step]:
    """The procedure that asks for advice, then the life of each text under it."""
    founded = world.moment(world.founded_on, AFTERWARDS)
    yield Step(founded, partial(_define, world))
    for asked in world.example.advice["asked"]:
        yield from _life(world, asked)


def _define(world: World, tx: Transaction) -> None:
    written = world.example.advice["procedure"]
    new = NewProcedure(
        name=written["name"],
        description=written["description"],
        body_id=world.bodies[written["body"]],
        method=METHOD.key,
        settings=Settings(),
        secret=False,
        min_discussion_hours=written["min_discussion_hours"],
        min_voting_hours=written["min_voting_hours"],
        key=written["key"],
        course=Course(kinds=DECIDES),
        proxy_cap=0,
    )
    define_procedure(tx, new)


def _moment(world: World, asked: Record, name: str, hour: time, minutes: int = 0) -> datetime:
    return world.moment(world.days_ago(asked[f"{name}_days_ago"]), hour, minutes)


def _life(world: World, asked: Record) -> Iterator[Step]:
    author, closes_at = asked["author"], _moment(world, asked, "closes", CLOSING)
    yield Step(_moment(world, asked, "submitted", DRAFTING), partial(_submit, world, asked), author)
    opened = _moment(world, asked, "opened", OPENING)
    yield Step(opened, partial(_open, world, asked, closes_at), author)
    for place, advice in enumerate(asked["advice"], start=1):
        moment = _moment(world, asked, "opened", OPENING, ADVICE_EVERY * place)
        yield Step(moment, partial(_advise, world, asked, advice), advice["person"])
    if "answer" in asked:
        yield Step(closes_at, partial(_count, world, asked))
        answered = _moment(world, asked, "answered", ANSWERING)
        yield Step(answered, partial(_answer, world, asked), author)


def _submit(world: World, asked: Record, tx: Transaction) -> None:
    wording = Wording(title=asked["title"], motivation=asked["motivation"], text=asked["text"])
    key = world.example.advice["procedure"]["key"]
    world.proposals[asked["key"]] = service.draft(
        tx, service.NewProposal("resolution", wording, key)
    )
    service.submit(tx, world.proposals[asked["key"]])


def _open(world: World, asked: Record, closes_at: datetime, tx: Transaction) -> None:
    service.open_voting(tx, world.proposals[asked["key"]], closes_at)


def _advise(world: World, asked: Record, advice: Record, tx: Transaction) -> None:
    poll_id = tx.session.get_one(Proposal, world.proposals[asked["key"]]).poll_id
    assert poll_id is not None  # noqa: S101
    cast_ballot(tx, poll_id, {"option": advice["choice"], "reason": advice.get("reason", "")})


def _count(world: World, asked: Record, tx: Transaction) -> None:
    service.conclude(tx, world.proposals[asked["key"]])


def _answer(world: World, asked: Record, tx: Transaction) -> None:
    answer_advice(tx, world.proposals[asked["key"]], Choice.ADOPT, asked["answer"])
