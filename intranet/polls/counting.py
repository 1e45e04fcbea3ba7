"""Counting a box, at its closing and at every recount afterwards: the same code for both."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import replace

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from intranet.polls.freezing import digest
from intranet.polls.models import CountedBallot, OpenBallot, Poll, Voter
from intranet.voting import registry
from intranet.voting.ballot_text import paper_from_text
from intranet.voting.counted import Counted
from intranet.voting.election import ElectionSettings
from intranet.voting.files.exported import ElectionBox
from intranet.voting.settings import Settings
from intranet.voting.types import CastBallot, Choice, Electorate


def last_ballots(session: Session, poll_id: int) -> list[tuple[OpenBallot, int]]:
    """The ballot of each voter of an open poll that counts, the last one, with its person."""
    last = select(func.max(OpenBallot.id)).where(OpenBallot.poll_id == poll_id)
    rows = session.execute(
        select(OpenBallot, Voter.person_id)
        .join(Voter, Voter.id == OpenBallot.voter_id)
        .where(OpenBallot.id.in_(last.group_by(OpenBallot.voter_id)))
        .order_by(OpenBallot.voter_id)
    )
    return [(ballot, person_id) for ballot, person_id in rows]


def last_open_ballots(session: Session, poll_id: int) -> list[Choice]:
    """The ballot of each voter of an open poll that counts: the last one."""
    return [Choice(ballot.option, ballot.reason) for ballot, _ in last_ballots(session, poll_id)]


def counted_choices(session: Session, poll: Poll) -> list[Choice]:
    """The ballots of a closed poll, as they were counted and are kept."""
    if not poll.secret:
        return last_open_ballots(session, poll.id)
    rows = session.execute(
        select(CountedBallot.option, CountedBallot.reason)
        .where(CountedBallot.poll_id == poll.id)
        .order_by(CountedBallot.key)
    )
    return [Choice(*row) for row in rows]


def registered(session: Session, poll_id: int) -> int:
    """How many people are on the roll."""
    query = select(func.count()).select_from(Voter).where(Voter.poll_id == poll_id)
    return session.scalar(query) or 0


def voices_by_proxy(session: Session, poll_id: int) -> int:
    """How many of the voices given were given by the holder of a proxy."""
    query = select(func.count()).select_from(Voter)
    return session.scalar(query.where(Voter.poll_id == poll_id, Voter.proxy_id.is_not(None))) or 0


def candidates_of(poll: Poll) -> tuple[str, ...]:
    """The options of a vote among several, in the order of the ballot; none for a text."""
    return tuple(json.loads(poll.candidates))


def election_settings(poll: Poll) -> ElectionSettings:
    """How a vote among options is counted: its procedure, and how many are to be chosen."""
    settings = ElectionSettings.from_json(json.loads(poll.procedure.settings))
    return replace(settings, seats=poll.seats)


def election_box(poll: Poll, choices: Iterable[Choice], on_the_roll: int) -> ElectionBox:
    """The ballots of a vote among options. Raises voting.types.InvalidCount."""
    candidates = candidates_of(poll)
    return ElectionBox(
        method=poll.procedure.method,
        settings=election_settings(poll),
        registered=on_the_roll,
        candidates=candidates,
        papers=tuple(paper_from_text(one.option, candidates, one.reason) for one in choices),
    )


def count(poll: Poll, choices: Iterable[Choice], on_the_roll: int) -> Counted:
    """What these ballots give in this vote. Raises voting.types.InvalidCount."""
    procedure = poll.procedure
    if registry.is_election(procedure.method):
        return election_box(poll, choices, on_the_roll).counted()
    return registry.method(procedure.method).tally(
        [CastBallot(choice) for choice in choices],
        Electorate(on_the_roll),
        Settings.from_json(json.loads(procedure.settings)),
    )


def ballots_digest(choices: Sequence[Choice]) -> str:
    """The digest of a whole box, whatever the order of its ballots."""
    return digest(sorted([choice.option, choice.reason] for choice in choices))


def stored_outcome(poll: Poll) -> dict[str, object]:
    """The outcome of a closed poll as it was stored, as JSON values."""
    told: dict[str, object] = json.loads(poll.outcome or "{}")
    return told
