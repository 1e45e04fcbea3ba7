"""Advice of people without a vote: asked, given, counted apart, never mixed."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from intranet.core import clock
from intranet.core.db import db
from intranet.core.policy import Invalid, Refused
from intranet.polls import effects
from intranet.polls.advice import queries, service
from intranet.polls.advice.models import Advice, Advisor, AdvisoryOutcome
from intranet.polls.effects import Opening
from intranet.polls.models import OpenBallot, Voter
from intranet.voting.types import Result
from tests.cast import Cast, acting, as_reader
from tests.polls.balloting import (
    close,
    define,
    happened,
    put_to_the_vote,
    rows,
    stored,
    submitted,
    vote,
)


@pytest.fixture
def poll(cast: Cast) -> int:
    """An open poll of the members, beside which an employee is asked for advice."""
    closes_at = clock.now() + timedelta(days=2)
    procedure = define(cast.assembly, advisory=("employee",))
    opening = Opening(
        "essai", 1, "Le four", "Un four.", procedure, cast.members, closes_at, [cast.chloe]
    )
    with acting(None) as tx:
        return effects.open_poll(tx, opening)


def advise(person_id: int, poll_id: int, option: str = "against", reason: str = "") -> None:
    with acting(person_id) as tx:
        service.give_advice(tx, poll_id, {"option": option, "reason": reason})


def test_advice_never_enters_the_count_of_the_vote(cast: Cast, poll: int) -> None:
    vote(cast.amel, poll, "for")
    advise(cast.chloe, poll, "against", "trop cher")
    outcome = close(poll)
    assert outcome.result is Result.ADOPTED
    assert (outcome.registered, outcome.taken_part) == (3, 1)
    assert (outcome.counts["for"], outcome.counts["against"]) == (1, 0)
    card = queries.advice(as_reader(cast.bruno), poll)
    assert card.outcome is not None
    assert (card.outcome.registered, card.outcome.counts["against"]) == (1, 1)
    assert rows(OpenBallot) == 1
    assert rows(Advice) == 1


def test_advisors_stand_on_a_roll_of_their_own(cast: Cast, poll: int) -> None:
    db.session.rollback()
    voters = set(db.session.scalars(select(Voter.person_id)))
    advisors = set(db.session.scalars(select(Advisor.person_id)))
    assert (voters, advisors) == (set(cast.members), {cast.chloe})


def test_a_voter_is_never_an_advisor_of_the_same_vote(cast: Cast) -> None:
    closes_at = clock.now() + timedelta(days=2)
    everybody = [*cast.members, cast.chloe]
    opening = Opening(
        "essai", 1, "Le four", "Un four.", define(cast.meeting), everybody, closes_at, everybody
    )
    with acting(None) as tx:
        effects.open_poll(tx, opening)
    assert rows(Advisor) == 0


def test_the_last_advice_counts_and_all_are_kept(cast: Cast, poll: int) -> None:
    advise(cast.chloe, poll, "against")
    advise(cast.chloe, poll, "for")
    close(poll)
    card = queries.advice(as_reader(cast.bruno), poll)
    assert card.outcome is not None
    assert (card.outcome.counts["for"], card.outcome.counts["against"]) == (1, 0)
    assert rows(Advice) == 2
    assert happened().count("AdviceGiven") == 2


def refusal(person_id: int, poll_id: int) -> str:
    with pytest.raises(Refused) as caught:
        advise(person_id, poll_id)
    return caught.value.verdict.reason


def test_only_those_asked_give_advice_and_only_in_time(cast: Cast, poll: int) -> None:
    for person in (cast.amel, cast.farid, cast.gwen):
        assert refusal(person, poll) == "advice.not_asked"
    close(poll)
    assert refusal(cast.chloe, poll) == "polls.closed"


def test_an_advisor_cannot_vote(cast: Cast, poll: int) -> None:
    with pytest.raises(Refused, match=r"polls\.not_on_the_roll"):
        vote(cast.chloe, poll)


def test_advice_is_seen_when_the_votes_are(cast: Cast, poll: int) -> None:
    advise(cast.chloe, poll, "for", "il est usé")
    assert queries.advice(as_reader(cast.amel), poll).positions == ()
    own = queries.advice(as_reader(cast.chloe), poll)
    assert own.my_choice is not None
    close(poll)
    (line,) = queries.advice(as_reader(cast.amel), poll).positions
    assert (line.name, line.option, line.reason) == ("Chloé Martin", "for", "il est usé")


def test_without_anybody_asked_nothing_is_counted_apart(cast: Cast) -> None:
    define(cast.assembly, key="simple")
    poll = put_to_the_vote(cast.amel, submitted(cast.amel, "simple"))
    close(poll)
    assert rows(AdvisoryOutcome) == 0
    assert queries.advice(as_reader(cast.amel), poll).asked == 0


def test_a_proposal_asks_those_who_may_read_it(cast: Cast) -> None:
    define(cast.assembly, key="simple", advisory=("employee", "sympathiser"))
    poll = put_to_the_vote(cast.amel, submitted(cast.amel, "simple"))
    db.session.rollback()
    asked = set(db.session.scalars(select(Advisor.person_id).where(Advisor.poll_id == poll)))
    assert cast.chloe in asked
    assert cast.farid not in asked
    assert stored(poll).outcome is None
    (awaited,) = queries.awaited(as_reader(cast.chloe))
    assert awaited.poll_id == poll


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"advisory": ("member_employee",)}, "advisory_statuses_unclear"),
        ({"advisory": ("former",)}, "advisory_statuses_unclear"),
        ({"advisory": ("employee",), "secret": True}, "advisory_needs_an_open_vote"),
    ],
)
def test_a_procedure_asks_people_without_a_vote_beside_an_open_vote_only(
    cast: Cast, changes: dict[str, object], code: str
) -> None:
    with pytest.raises(Invalid) as caught:
        define(cast.assembly, **changes)
    assert caught.value.errors == {"advisory": code}
