"""The life of a proposal is a table: every step it names is possible, and no other."""

from __future__ import annotations

from itertools import product

import pytest
from sqlalchemy.exc import IntegrityError

from intranet.core.db import db
from intranet.proposals.models import Proposal
from intranet.proposals.workflow import ENDED, STEPS, IllegalStep, State, next_state
from tests.cast import Cast, acting
from tests.polls.balloting import define, submitted

POSSIBLE = {
    (State.DRAFT, "submit"): State.DISCUSSION,
    (State.DRAFT, "withdraw"): State.WITHDRAWN,
    (State.DISCUSSION, "withdraw"): State.WITHDRAWN,
    (State.DISCUSSION, "open_voting"): State.VOTING,
    (State.VOTING, "adopt"): State.ADOPTED,
    (State.VOTING, "reject"): State.REJECTED,
    (State.VOTING, "lapse"): State.LAPSED,
    (State.VOTING, "give_up"): State.WITHDRAWN,
    (State.VOTING, "annul"): State.ANNULLED,
    (State.VOTING, "revise"): State.DISCUSSION,
    (State.VOTING, "reconvene"): State.VOTING,
    (State.VOTING, "escalate"): State.DISCUSSION,
}
NAMES = sorted({step.name for step in STEPS})


@pytest.mark.parametrize(("state", "step"), list(product(State, NAMES)))
def test_each_step_leads_where_the_table_says_or_nowhere(state: State, step: str) -> None:
    if (state, step) in POSSIBLE:
        assert next_state(state, step) is POSSIBLE[state, step]
        return
    with pytest.raises(IllegalStep) as caught:
        next_state(state, step)
    assert (caught.value.state, caught.value.step) == (state, step)


def test_an_unknown_step_is_illegal() -> None:
    with pytest.raises(IllegalStep):
        next_state(State.DRAFT, "decree")


def test_names_of_steps_are_unique() -> None:
    assert len(NAMES) == len(STEPS)


def test_nothing_follows_an_end() -> None:
    assert not [step for step in STEPS if step.sources & ENDED]


def test_every_state_is_reached_from_a_draft_and_every_way_ends() -> None:
    reached = {State.DRAFT}
    for _ in State:
        reached |= {step.target for step in STEPS if step.sources & reached}
    assert reached == set(State)
    for state in set(State) - ENDED:
        assert [step for step in STEPS if state in step.sources]


def test_adoption_needs_a_vote() -> None:
    (adopt,) = [step for step in STEPS if step.target is State.ADOPTED]
    assert adopt.sources == {State.VOTING}


@pytest.mark.parametrize("state", ["decreed", *sorted(ENDED), State.VOTING])
def test_the_database_refuses_a_state_without_what_belongs_to_it(cast: Cast, state: str) -> None:
    define(cast.assembly, key="simple")
    proposal = submitted(cast.amel, "simple")
    with pytest.raises(IntegrityError), acting(None) as tx:
        tx.session.get_one(Proposal, proposal).state = state
    assert db.session.get_one(Proposal, proposal).state == State.DISCUSSION
