"""The decisions of the example that were taken in meetings, each with its count."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from intranet.core.events import canonical
from intranet.core.transaction import Transaction
from intranet.decisions.effects import Entry, enter, link
from intranet.example.data import Record
from intranet.example.story import Step, World
from intranet.members.statuses import Audience
from intranet.polls.effects import frozen_procedure
from intranet.polls.models import Procedure
from intranet.voting import registry
from intranet.voting.majority import OPTIONS as ANSWERS
from intranet.voting.methods import consent
from intranet.voting.outcome import Outcome
from intranet.voting.settings import Settings
from intranet.voting.types import CastBallot, Choice, Electorate

MEETING = "meeting"

NAMES = {
    consent.METHOD.key: {
        "for": consent.CONSENT,
        "against": consent.OBJECTION,
        "abstain": consent.STAND_ASIDE,
    },
}
"""What the words of a count are called on a ballot, where they are not called so already."""


def steps(world: World) -> Iterator[Step]:
    """Every decision on its day; those that a proposal led to are written by its conclusion."""
    concluded = {proposal.get("decision") for proposal in world.example.proposals}
    for key, entry in world.example.decisions.items():
        if key not in concluded:
            present = entry["decided_on"] > world.founded_on
            recorder = world.example.cooperative["recorder"] if present else None
            yield Step(world.sitting(key), partial(_enter, world, entry), recorder)


def _enter(world: World, entry: Record, tx: Transaction) -> None:
    enter_counted(world, entry, outcome_of(world, entry, tx), tx)


def enter_counted(
    world: World, entry: Record, outcome: Outcome, tx: Transaction, proposal_id: int | None = None
) -> None:
    """Write a decision into the register with its count, and link it to earlier ones."""
    procedure = tx.session.get_one(Procedure, world.procedures[entry["procedure"]])
    entered = enter(
        tx,
        Entry(
            body_id=world.bodies[entry["body"]],
            body_code=entry["body"],
            title=entry["title"],
            text=entry["text"],
            result=entry["result"],
            decided_on=entry["decided_on"],
            effective_on=entry["effective_on"],
            review_on=entry.get("review_on"),
            ends_on=entry.get("ends_on"),
            origin_kind="proposal" if proposal_id else MEETING,
            origin_id=proposal_id,
            outcome=canonical(outcome.to_json()),
            procedure=canonical(frozen_procedure(procedure)),
            electorate_size=outcome.registered,
            audience=audience_of(world, entry),
            tags=tuple(entry["tags"]),
        ),
    )
    world.decisions[entry["key"]] = entered.number
    for one in entry["links"]:
        link(tx, entered.number, world.decisions[one["to"]], one["kind"])


def outcome_of(world: World, entry: Record, tx: Transaction) -> Outcome:
    """The count of a meeting, made again from its numbers by the method of its procedure."""
    procedure = tx.session.get_one(Procedure, world.procedures[entry["procedure"]])
    written = frozen_procedure(procedure)["settings"]
    assert isinstance(written, dict)  # noqa: S101
    ballots = [CastBallot(Choice(option)) for option in options_of(procedure.method, entry)]
    return registry.method(procedure.method).tally(
        ballots, Electorate(entry["counts"]["registered"]), Settings.from_json(written)
    )


def options_of(method: str, entry: Record) -> list[str]:
    """The options chosen, one for each ballot, as the counts of an entry tell them."""
    names = NAMES.get(method, {})
    counts = {name: entry["counts"][name] for name in ANSWERS}
    return [names.get(name, name) for name, number in counts.items() for _ in range(number)]


def audience_of(world: World, entry: Record) -> str:
    """Whoever may read the rules that a decision touches may read the decision."""
    touched = {world.example.pages[key].audience for key in entry["touches"]}
    return Audience.OPEN if touched == {Audience.OPEN} else Audience.WORKERS
