"""Counting a box, at its closing and at every recount afterwards: the same code for both."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import replace

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from intranet.polls.facts import AnyPoll
from intranet.polls.freezing import digest
from intranet.polls.models import CountedBallot, OpenBallot, Poll, Voter
from intranet.polls.objections.models import STOPPING
from intranet.polls.objections.standing import voters_who_lifted
from intranet.polls.procedure_models import draws_lots, election_of
from intranet.voting import registry
from intranet.voting.after_draw import after_draw
from intranet.voting.ballot_text import paper_from_text
from intranet.voting.counted import Counted
from intranet.voting.election import ElectionSettings
from intranet.voting.external_voices import ReducedVoices, reduced
from intranet.voting.files.exported import ElectionBox
from intranet.voting.methods.sortition import drawn
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


def last_open_ballots(session: Session, poll: Poll) -> list[CastBallot]:
    """The ballot of each voter of an open poll that counts: the last one. That of an objection
    which its author has lifted is marked so. Where the voices of external members count for less,
    each ballot comes as often as its voice has parts."""
    lifted = voters_who_lifted(session, poll.id)
    rows = last_ballots(session, poll.id)
    ballots = [
        CastBallot(
            Choice(ballot.option, ballot.reason),
            is_lifted=ballot.voter_id in lifted and ballot.option in STOPPING.values(),
        )
        for ballot, _ in rows
    ]
    voices = reduced_voices(session, poll)
    if voices is None:
        return ballots
    external = external_lines(session, poll.id)
    marks = [ballot.voter_id in external for ballot, _ in rows]
    return list(voices.in_parts(list(zip(ballots, marks, strict=True))))


def counted_ballots(session: Session, poll: Poll) -> list[CastBallot]:
    """The ballots of a closed poll, as they were counted and are kept."""
    if not poll.secret:
        return last_open_ballots(session, poll)
    rows = session.execute(
        select(CountedBallot.option, CountedBallot.reason)
        .where(CountedBallot.poll_id == poll.id)
        .order_by(CountedBallot.key)
    )
    return [CastBallot(Choice(*row)) for row in rows]


def people_on_the_roll(session: Session, poll_id: int) -> int:
    """How many people are on the roll."""
    query = select(func.count()).select_from(Voter).where(Voter.poll_id == poll_id)
    return session.scalar(query) or 0


def registered(session: Session, poll: Poll) -> int:
    """How many voices are on the roll: one a person; or their parts, where they are counted so."""
    voices = reduced_voices(session, poll)
    return voices.registered if voices else people_on_the_roll(session, poll.id)


def reduced_voices(session: Session, poll: Poll) -> ReducedVoices | None:
    """How the voices of external members count in a poll; None when each counts in full."""
    if not poll.external_voices:
        return None
    people = people_on_the_roll(session, poll.id)
    return reduced(people - poll.external_voices, poll.external_voices)


def external_voters(session: Session, poll_id: int) -> list[int]:
    """The people whose voices count for less in a poll, by number."""
    query = select(Voter.person_id).where(Voter.poll_id == poll_id, Voter.is_external)
    return sorted(session.scalars(query))


def external_lines(session: Session, poll_id: int) -> set[int]:
    """The lines of the roll that are those of external members with less than a full voice."""
    query = select(Voter.id).where(Voter.poll_id == poll_id, Voter.is_external)
    return set(session.scalars(query))


def voices_by_proxy(session: Session, poll_id: int) -> int:
    """How many of the voices given were given by the holder of a proxy."""
    query = select(func.count()).select_from(Voter)
    return session.scalar(query.where(Voter.poll_id == poll_id, Voter.proxy_id.is_not(None))) or 0


def candidates_of(poll: AnyPoll) -> tuple[str, ...]:
    """The options of a vote among several, in the order of the ballot; none for a text."""
    return tuple(json.loads(poll.candidates))


def options_of(poll: Poll) -> tuple[str, ...]:
    """The options that its author put to the vote: those of the ballot but for the default one."""
    election = election_of(poll.procedure.method, poll.procedure.settings)
    default = election.default_option if election else ""
    return tuple(one for one in candidates_of(poll) if one != default)


def election_settings(poll: AnyPoll) -> ElectionSettings:
    """How a vote among options is counted: its procedure, how many are to be chosen, and the seed
    once it was drawn, with the order that follows from it."""
    settings = ElectionSettings.from_json(json.loads(poll.procedure.settings))
    settings = replace(settings, seats=poll.seats)
    if not poll.seed:
        return settings
    if draws_lots(poll.procedure.method):
        return replace(settings, seed=poll.seed)
    return replace(settings, seed=poll.seed, tie_break=drawn(candidates_of(poll), poll.seed))


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


def count(session: Session, poll: Poll, ballots: Sequence[CastBallot]) -> Counted:
    """What the ballots of this vote give. Raises voting.types.InvalidCount."""
    counted = count_as(poll, ballots, registered(session, poll))
    voices = reduced_voices(session, poll)
    return voices.explain(counted) if voices else counted


def count_as(poll: Poll, ballots: Sequence[CastBallot], on_the_roll: int) -> Counted:
    """What these ballots give by the method of this vote, with so many voices on the roll.

    Raises voting.types.InvalidCount.
    """
    procedure = poll.procedure
    if registry.is_election(procedure.method):
        return election_box(poll, [one.choice for one in ballots], on_the_roll).counted()
    outcome = registry.method(procedure.method).tally(
        ballots,
        Electorate(on_the_roll),
        Settings.from_json(json.loads(procedure.settings)),
    )
    return after_draw(outcome, poll.seed) if poll.seed else outcome


def ballots_digest(ballots: Iterable[CastBallot]) -> str:
    """The digest of a whole box, whatever the order of its ballots; a lifted objection says so."""
    return digest(sorted(_line(ballot) for ballot in ballots))


def _line(ballot: CastBallot) -> list[str]:
    said = [ballot.choice.option, ballot.choice.reason]
    return [*said, "lifted"] if ballot.is_lifted else said


def stored_outcome(poll: Poll) -> dict[str, object]:
    """The outcome of a closed poll as it was stored, as JSON values."""
    told: dict[str, object] = json.loads(poll.outcome or "{}")
    return told
