"""Polls, procedures and ballots as pages show them."""

from __future__ import annotations

import json
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from intranet.core.policy import NotFound, Verdict
from intranet.core.texts import text_of
from intranet.core.transaction import Reader
from intranet.members.models import Body, Person
from intranet.polls.models import (
    CountedBallot,
    OpenBallot,
    Poll,
    PollState,
    Procedure,
    Voter,
)
from intranet.polls.objections.standing import stops, voters_who_lifted
from intranet.polls.policy import is_open, may_cast
from intranet.polls.procedure_models import Custody, asks_advice
from intranet.polls.procedure_queries import ProcedureCard, procedure_card
from intranet.polls.rolls import VoterLine, roll_of, shown_roll
from intranet.polls.rounds import Earlier, earlier
from intranet.polls.tellers.models import LockedPart
from intranet.voting import registry
from intranet.voting.counted import counted_from_json
from intranet.voting.election import Ranking
from intranet.voting.outcome import Outcome
from intranet.voting.types import BallotForm, Choice, Result

_COPIED = (
    "id",
    "origin_kind",
    "origin_id",
    "title",
    "secret",
    "state",
    "result",
    "opened_at",
    "closes_at",
    "closed_at",
    "extended_from",
    "electorate_digest",
    "freeze_digest",
    "ballots_digest",
    "ended_because",
)


@dataclass(frozen=True)
class Position:
    """A ballot with its voter, in an open poll whose ballots may be seen."""

    name: str
    person_id: int
    option: str
    reason: str
    at: datetime
    is_lifted_objection: bool


@dataclass(frozen=True)
class PollCard:
    """A poll as its page shows it to one reader."""

    id: int
    origin_kind: str
    origin_id: int
    title: str
    text: str
    procedure: ProcedureCard
    secret: bool
    is_open: bool
    state: str
    result: str | None
    opened_at: datetime
    closes_at: datetime
    closed_at: datetime | None
    extended_from: datetime | None
    after: Earlier | None
    opens_later: bool
    was_put_aside: bool
    registered: int
    voted: int
    roll: tuple[VoterLine, ...]
    positions: tuple[Position, ...]
    all_papers_agree: bool
    form: BallotForm
    options: tuple[str, ...]
    may_cast: Verdict
    my_choice: Choice | None
    i_have_voted: bool
    outcome: Outcome | None
    ranking: Ranking | None
    candidates: tuple[str, ...]
    seats: int
    electorate_digest: str
    freeze_digest: str
    ballots_digest: str | None
    ended_because: str | None

    @property
    def own_options(self) -> tuple[str, ...]:
        """The options of the ballot but for the line "none of these"."""
        default = self.procedure.election.default_option if self.procedure.election else ""
        return tuple(one for one in self.candidates if one != default)

    @property
    def waits_for_count(self) -> bool:
        """Whether the time is over and the count is about to happen."""
        return self.state == PollState.OPEN and not self.is_open and not self.opens_later

    @property
    def is_opened_by_tellers(self) -> bool:
        """Whether tellers keep the key of the box, and the count waits for them."""
        return self.procedure.course.custody is Custody.TELLERS

    @property
    def unanimous(self) -> bool:
        """Whether a secret result tells what everybody chose."""
        if not self.secret or self.state != PollState.CLOSED:
            return False
        if self.outcome is None:
            return self.all_papers_agree
        chosen = [n for option, n in self.outcome.counts.items() if option in self.options and n]
        return len(chosen) == 1


def _all_positions(reader: Reader, poll: Poll) -> list[Position]:
    """The current ballot of each voter, with whether they lifted an objection."""
    lifted_by = voters_who_lifted(reader.session, poll.id)
    rows = reader.session.execute(
        select(OpenBallot, Voter.person_id, Person.name)
        .join(Voter, Voter.id == OpenBallot.voter_id)
        .join(Person, Person.id == Voter.person_id)
        .where(OpenBallot.poll_id == poll.id)
        .order_by(OpenBallot.id)
    )
    current: dict[int, Position] = {}
    for ballot, person_id, name in rows:
        lifted = ballot.voter_id in lifted_by
        current[person_id] = Position(
            name, person_id, ballot.option, ballot.reason, ballot.cast_at, lifted
        )
    # Objections and blocks come first: they are what the others have to answer.
    return sorted(
        current.values(),
        key=lambda one: (not stops(poll, one.option) or one.is_lifted_objection, one.name),
    )


def _found(reader: Reader, poll_id: int) -> tuple[Poll, ProcedureCard]:
    row = reader.session.execute(
        select(Poll, Procedure, Body)
        .join(Procedure, Procedure.id == Poll.procedure_id)
        .join(Body, Body.id == Procedure.body_id)
        .where(Poll.id == poll_id)
    ).one_or_none()
    if row is None:
        raise NotFound
    return row[0], procedure_card(row[1], row[2])


def poll(reader: Reader, poll_id: int) -> PollCard:
    """A poll with what this reader may see of it. Raises NotFound."""
    found, rule = _found(reader, poll_id)
    roll = roll_of(reader, poll_id)
    form = registry.ballot_form(rule.method)
    counted = counted_from_json(json.loads(found.outcome)) if found.outcome else None
    positions = [] if found.secret else _all_positions(reader, found)
    me = reader.actor.person_id
    mine = next((position for position in positions if position.person_id == me), None)
    voter = reader.session.scalars(
        select(Voter).where(Voter.poll_id == poll_id, Voter.person_id == me)
    ).one_or_none()
    # Positions that the others have to answer are seen while the vote lasts; the choices of
    # another vote are seen after it.
    seen = form.is_answered_together or found.state == PollState.CLOSED
    copied = {name: getattr(found, name) for name in _COPIED}
    return PollCard(
        **copied,
        text=text_of(reader.session, found.text_digest),
        procedure=rule,
        is_open=is_open(found, reader),
        after=earlier(reader, found.id),
        opens_later=found.state == PollState.OPEN and reader.now < found.opened_at,
        was_put_aside=found.state == PollState.CANCELLED and found.result == Result.NO_QUORUM,
        registered=len(roll),
        voted=sum(line.has_voted for line in roll),
        roll=shown_roll(found, roll),
        positions=tuple(positions) if seen else (),
        all_papers_agree=_all_agree(reader, found),
        form=form,
        options=() if rule.election else registry.method(rule.method).options,
        may_cast=may_cast(reader, found, voter),
        my_choice=Choice(mine.option, mine.reason) if mine else None,
        i_have_voted=voter is not None and voter.has_voted,
        outcome=counted if isinstance(counted, Outcome) else None,
        ranking=counted if isinstance(counted, Ranking) else None,
        candidates=tuple(json.loads(found.candidates)),
        seats=found.seats,
    )


def _all_agree(reader: Reader, found: Poll) -> bool:
    """Whether several secret ballots among options all say the same."""
    if not found.secret or found.candidates == "[]" or found.state != PollState.CLOSED:
        return False
    said = [choice.option for choice in counted_ballots(reader, found.id)]
    return len(set(said)) == 1


def due(reader: Reader) -> list[tuple[str, int]]:
    """The origins of the polls whose time is over and that wait to be counted by the clock: where
    tellers keep the key, they count."""
    held = select(LockedPart.number).where(LockedPart.sealing_key == Poll.sealing_key)
    rows = reader.session.execute(
        select(Poll.origin_kind, Poll.origin_id)
        .where(Poll.state == PollState.OPEN, Poll.closes_at <= reader.now, ~held.exists())
        .order_by(Poll.closes_at)
    )
    return [(kind, number) for kind, number in rows]


def asking_advice(reader: Reader, poll_ids: Collection[int]) -> frozenset[int]:
    """Of these polls, those in which people advise and nobody votes."""
    if not poll_ids:
        return frozenset()
    rows = reader.session.execute(
        select(Poll.id, Procedure.method)
        .join(Procedure, Procedure.id == Poll.procedure_id)
        .where(Poll.id.in_(poll_ids))
    )
    return frozenset(number for number, method in rows if asks_advice(method))


def everybody_voted(reader: Reader, poll_id: int) -> bool:
    """Whether nobody on the roll is still missing."""
    missing = reader.session.scalar(
        select(func.count())
        .select_from(Voter)
        .where(Voter.poll_id == poll_id, Voter.has_voted.is_(False))
    )
    return missing == 0


def counted_ballots(reader: Reader, poll_id: int) -> list[Choice]:
    """The opened ballots of a closed secret poll, in the order of their random keys."""
    rows = reader.session.execute(
        select(CountedBallot.option, CountedBallot.reason)
        .where(CountedBallot.poll_id == poll_id)
        .order_by(CountedBallot.key)
    )
    return [Choice(*row) for row in rows]


def keys_to_forget(reader: Reader, kept: list[str]) -> list[str]:
    """Of the opening keys on disk, those whose poll has been counted or cancelled.

    A second convocation that keeps the ballots of the first one keeps its key too.
    """
    rows = reader.session.execute(select(Poll.sealing_key, Poll.state).where(Poll.secret)).all()
    needed = {key for key, state in rows if state == PollState.OPEN}
    stems = {key.rstrip("=") for key, _ in rows if key and key not in needed}
    return [key for key in kept if key in stems]


def closing_time(reader: Reader, poll_id: int) -> datetime:
    """The instant from which no ballot is accepted. Raises NotFound."""
    closes_at = reader.session.scalar(select(Poll.closes_at).where(Poll.id == poll_id))
    if closes_at is None:
        raise NotFound
    return closes_at
