"""Voting: who, until when, how often, and what each refusal says."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
import time_machine
from sqlalchemy import select

from intranet.core.db import db
from intranet.core.events import EventRow
from intranet.core.policy import Invalid, NotFound, Refused
from intranet.polls.models import OpenBallot, PollState, SealedBallot, Voter
from intranet.polls.service import LONGEST_REASON
from tests.cast import Cast
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


@pytest.fixture
def poll(cast: Cast) -> int:
    """An open poll of the members."""
    return open_poll(define(cast.assembly), cast.members)


@pytest.fixture
def secret_poll(cast: Cast) -> int:
    """A secret poll of the members."""
    return open_poll(define(cast.assembly, secret=True), cast.members)


def refusal(person_id: int, poll_id: int, option: str = "for") -> str:
    """The code with which a ballot is refused."""
    with pytest.raises(Refused) as caught:
        vote(person_id, poll_id, option)
    return caught.value.verdict.reason


def voter(poll_id: int, person_id: int) -> Voter:
    db.session.rollback()
    line = select(Voter).where(Voter.poll_id == poll_id, Voter.person_id == person_id)
    return db.session.scalars(line).one()


def test_a_ballot_is_kept_and_the_roll_marked(cast: Cast, poll: int) -> None:
    vote(cast.amel, poll, "for", "  il est usé  ")
    ballot = db.session.scalars(select(OpenBallot)).one()
    assert (ballot.option, ballot.reason) == ("for", "il est usé")
    assert voter(poll, cast.amel).has_voted
    assert not voter(poll, cast.bruno).has_voted


def test_an_open_ballot_is_an_event_that_names_no_choice(cast: Cast, poll: int) -> None:
    vote(cast.amel, poll, "against", "trop cher")
    event = db.session.scalars(select(EventRow).order_by(EventRow.id.desc())).first()
    assert event is not None
    assert (event.name, event.actor_id) == ("BallotCast", cast.amel)
    assert "against" not in event.payload
    assert "cher" not in event.payload


def test_t64_a_secret_ballot_leaves_no_event(cast: Cast, secret_poll: int) -> None:
    before = happened()
    vote(cast.amel, secret_poll)
    assert rows(SealedBallot) == 1
    assert voter(secret_poll, cast.amel).has_voted
    assert happened() == before


def test_an_employee_who_is_not_on_the_roll_cannot_vote(cast: Cast, poll: int) -> None:
    assert refusal(cast.chloe, poll) == "polls.not_on_the_roll"
    assert rows(OpenBallot) == 0


def test_the_technical_administrator_cannot_vote(cast: Cast, poll: int) -> None:
    assert refusal(cast.gwen, poll) == "polls.not_on_the_roll"


def test_t67_whoever_joins_after_the_opening_cannot_vote(cast: Cast, poll: int) -> None:
    (newcomer,) = crowd(1)
    assert refusal(newcomer, poll) == "polls.came_after_the_opening"


def test_a_former_member_cannot_vote(cast: Cast, poll: int) -> None:
    becomes(cast.esther, "former", date(2020, 6, 1))
    assert refusal(cast.esther, poll) == "polls.no_longer_here"


def test_a_vote_cast_before_leaving_counts(cast: Cast, poll: int) -> None:
    vote(cast.esther, poll, "for")
    becomes(cast.esther, "former", date(2020, 6, 1))
    outcome = close(poll)
    assert outcome.counts["for"] == 1
    assert outcome.registered == 3


def test_the_last_second_is_open_and_the_next_is_closed_without_any_worker(
    cast: Cast, poll: int
) -> None:
    closes_at = stored(poll).closes_at
    with time_machine.travel(closes_at - timedelta(seconds=1), tick=False):
        vote(cast.amel, poll)
    with time_machine.travel(closes_at, tick=False):
        assert refusal(cast.bruno, poll) == "polls.closed"
    with time_machine.travel(closes_at + timedelta(seconds=1), tick=False):
        assert refusal(cast.bruno, poll) == "polls.closed"
        assert refusal(cast.amel, poll, "against") == "polls.closed"
    assert stored(poll).state == PollState.OPEN
    assert rows(OpenBallot) == 1


def test_a_vote_may_change_until_the_end_the_last_counts_and_all_are_kept(
    cast: Cast, poll: int
) -> None:
    for option in ("for", "abstain", "against"):
        vote(cast.amel, poll, option)
    assert rows(OpenBallot) == 3
    counts = close(poll).counts
    assert (counts["for"], counts["abstain"], counts["against"]) == (0, 0, 1)
    assert rows(OpenBallot) == 3


def test_a_counted_poll_takes_no_ballot_even_before_its_time(cast: Cast, poll: int) -> None:
    close(poll)
    assert refusal(cast.amel, poll) == "polls.closed"


def test_a_secret_ballot_is_cast_once(cast: Cast, secret_poll: int) -> None:
    vote(cast.amel, secret_poll, "for")
    assert refusal(cast.amel, secret_poll, "against") == "polls.secret_is_final"
    assert rows(SealedBallot) == 1
    assert close(secret_poll).counts["for"] == 1


@pytest.mark.parametrize(
    ("fields", "errors"),
    [
        ({}, {"option": "choice_missing"}),
        ({"option": ""}, {"option": "choice_missing"}),
        ({"option": "For"}, {"option": "choice_unknown"}),
        ({"option": "spoiled"}, {"option": "choice_unknown"}),
        ({"option": "for", "reason": "é" * (LONGEST_REASON + 1)}, {"reason": "reason_too_long"}),
    ],
)
def test_a_form_that_says_nothing_clear_is_not_an_abstention(
    cast: Cast, poll: int, fields: dict[str, str], errors: dict[str, str]
) -> None:
    with pytest.raises(Invalid) as caught:
        vote(cast.amel, poll, **{"option": "", **fields})
    assert caught.value.errors == errors
    assert rows(OpenBallot) == 0
    assert not voter(poll, cast.amel).has_voted


def test_an_objection_needs_a_reason(cast: Cast) -> None:
    poll = open_poll(define(cast.assembly, method="consent"), cast.members)
    with pytest.raises(Invalid) as caught:
        vote(cast.amel, poll, "objection", " … ")
    assert caught.value.errors == {"reason": "objection_without_reason"}


def test_there_is_no_voting_in_an_unknown_poll(cast: Cast) -> None:
    with pytest.raises(NotFound):
        vote(cast.amel, 999)
