"""Opening freezes, closing counts once, cancelling erases."""

from __future__ import annotations

import hashlib
import json
from datetime import date
from fractions import Fraction

import pytest
from sqlalchemy import select

from intranet.core.db import db
from intranet.core.events import canonical
from intranet.core.policy import Conflict
from intranet.core.texts import text_digest, text_of
from intranet.members import queries as members
from intranet.polls import effects, sealing
from intranet.polls.models import CountedBallot, OpenBallot, PollState, SealedBallot, Voter
from intranet.voting.outcome import Outcome
from intranet.voting.settings import Settings
from intranet.voting.types import Base, Result
from tests.cast import Cast, acting, as_reader
from tests.polls.balloting import (
    becomes,
    close,
    crowd,
    define,
    happened,
    open_poll,
    rows,
    stored,
    vote,
)


def roll(poll_id: int) -> list[int]:
    """The numbers of the people on the roll."""
    db.session.rollback()
    lines = select(Voter.person_id).where(Voter.poll_id == poll_id).order_by(Voter.person_id)
    return list(db.session.scalars(lines))


def sha(*parts: object) -> str:
    return hashlib.sha256(canonical(parts).encode()).hexdigest()


def test_the_roll_is_drawn_up_at_the_opening(cast: Cast) -> None:
    poll = open_poll(define(cast.assembly), (*cast.members, cast.amel))
    assert roll(poll) == sorted(cast.members)


def test_leaving_or_joining_afterwards_changes_neither_roll_nor_base(cast: Cast) -> None:
    settings = Settings(base=Base.REGISTERED, threshold=Fraction(1, 2))
    procedure = define(cast.assembly, method="qualified_majority", settings=settings)
    poll = open_poll(procedure, cast.members)
    vote(cast.amel, poll)
    becomes(cast.amel, "former", date(2020, 6, 1))
    becomes(cast.esther, "former", date(2020, 6, 1))
    crowd(4)
    today = members.electorate(as_reader(cast.bruno), cast.assembly, date(2026, 1, 1))
    assert len(today) == 5
    assert roll(poll) == sorted(cast.members)
    vote(cast.bruno, poll)
    outcome = close(poll)
    assert (outcome.registered, outcome.base_size, outcome.needed) == (3, 3, 2)
    assert outcome.result is Result.ADOPTED
    assert outcome.counts["not_voted"] == 1


def test_a_poll_without_voters_does_not_open(cast: Cast) -> None:
    with pytest.raises(Conflict, match=r"polls\.nobody_votes"):
        open_poll(define(cast.assembly), [])


def test_opening_freezes_text_procedure_and_roll_in_digests(cast: Cast) -> None:
    procedure = define(cast.assembly)
    poll = stored(open_poll(procedure, cast.members, text="Nous achetons un four."))
    assert text_of(db.session, poll.text_digest) == "Nous achetons un four."
    assert poll.text_digest == text_digest("Nous achetons un four.")
    assert poll.electorate_digest == sha(sorted(cast.members))
    frozen = effects.frozen_procedure(poll.procedure)
    assert frozen["settings"] == Settings().to_json()
    assert poll.freeze_digest == sha(poll.text_digest, frozen, poll.electorate_digest)


def test_the_seal_changes_with_text_procedure_or_roll(cast: Cast) -> None:
    simple = define(cast.assembly)
    quorate = define(cast.assembly, name="Quorum", settings=Settings(quorum=Fraction(1, 2)))
    seals = {
        stored(poll).freeze_digest
        for poll in (
            open_poll(simple, cast.members),
            open_poll(simple, cast.members, text="Nous achetons deux fours."),
            open_poll(quorate, cast.members),
            open_poll(simple, cast.members[:2]),
        )
    }
    assert len(seals) == 4
    again = open_poll(simple, tuple(reversed(cast.members)))
    assert stored(again).freeze_digest in seals


def test_t10_a_later_version_of_the_procedure_changes_no_open_poll(cast: Cast) -> None:
    poll = open_poll(define(cast.assembly, key="simple"), cast.members)
    define(cast.assembly, key="simple", settings=Settings(quorum=Fraction(1)))
    vote(cast.amel, poll)
    assert close(poll).result is Result.ADOPTED


def test_a_poll_is_counted_once(cast: Cast) -> None:
    poll = open_poll(define(cast.assembly), cast.members)
    vote(cast.amel, poll)
    close(poll)
    first = stored(poll).outcome
    with pytest.raises(Conflict, match=r"polls\.already_counted"):
        close(poll)
    assert stored(poll).outcome == first
    assert happened().count("PollClosed") == 1


def test_t63_the_stored_outcome_is_the_outcome(cast: Cast) -> None:
    poll = open_poll(define(cast.assembly), cast.members)
    vote(cast.amel, poll, "for")
    vote(cast.bruno, poll, "against", "trop cher")
    outcome = close(poll)
    row = stored(poll)
    assert row.outcome is not None
    assert Outcome.from_json(json.loads(row.outcome)) == outcome
    assert row.result == outcome.result.value == "rejected"
    assert row.state == PollState.CLOSED
    assert row.closed_at is not None


@pytest.mark.parametrize("secret", [False, True])
def test_anybody_can_compute_the_seal_of_the_ballots_again(cast: Cast, secret: bool) -> None:
    poll = open_poll(define(cast.assembly, secret=secret), cast.members)
    vote(cast.amel, poll, "for", "il est usé")
    vote(cast.bruno, poll, "against")
    close(poll)
    table = CountedBallot if secret else OpenBallot
    db.session.rollback()
    ballots = db.session.execute(select(table.option, table.reason))
    assert stored(poll).ballots_digest == sha(sorted([list(ballot) for ballot in ballots]))


def test_counting_a_secret_poll_replaces_sealed_ballots_by_counted_ones(cast: Cast) -> None:
    poll = open_poll(define(cast.assembly, secret=True), cast.members)
    for person in cast.members:
        vote(person, poll, "for", f"raison {person}")
    sealed = set(db.session.scalars(select(SealedBallot.key)))
    assert close(poll).counts["for"] == 3
    assert rows(SealedBallot) == 0
    counted = list(db.session.scalars(select(CountedBallot)))
    assert {ballot.reason for ballot in counted} == {f"raison {p}" for p in cast.members}
    assert sealed.isdisjoint(ballot.key for ballot in counted)


def test_a_secret_poll_without_its_key_stays_open_and_keeps_its_ballots(cast: Cast) -> None:
    poll = open_poll(define(cast.assembly, secret=True), cast.members)
    vote(cast.amel, poll)
    sealing.destroy_key(stored(poll).sealing_key or "")
    with pytest.raises(FileNotFoundError):
        close(poll)
    assert stored(poll).state == PollState.OPEN
    assert rows(SealedBallot) == 1


@pytest.mark.parametrize("secret", [False, True])
def test_a_cancelled_round_is_not_counted(cast: Cast, secret: bool) -> None:
    poll = open_poll(define(cast.assembly, secret=secret), cast.members)
    vote(cast.amel, poll)
    with acting(None) as tx:
        effects.cancel_poll(tx, poll)
    row = stored(poll)
    assert (row.state, row.outcome, row.result) == (PollState.CANCELLED, None, None)
    assert (rows(OpenBallot), rows(SealedBallot), rows(CountedBallot)) == (int(not secret), 0, 0)
    assert happened()[-1] == "PollCancelled"
    with pytest.raises(Conflict, match=r"polls\.already_counted"):
        close(poll)
    with pytest.raises(Conflict, match=r"polls\.already_counted"), acting(None) as tx:
        effects.cancel_poll(tx, poll)
