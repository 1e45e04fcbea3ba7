from fractions import Fraction

import pytest

from intranet.voting.methods.absolute_majority import METHOD
from intranet.voting.settings import Settings
from intranet.voting.types import Base, Electorate, Result
from tests.voting.boxes import box


@pytest.mark.parametrize(
    ("registered", "votes", "result"),
    [(2, 1, Result.REJECTED), (10, 5, Result.REJECTED), (10, 6, Result.ADOPTED)],
)
def test_t5_half_of_the_registered_is_not_more_than_half(
    registered: int, votes: int, result: Result
) -> None:
    settings = Settings(base=Base.REGISTERED)
    outcome = METHOD.tally(box(votes_for=votes), Electorate(registered), settings)
    assert outcome.result is result


@pytest.mark.parametrize(
    ("base", "size", "result"),
    [
        (Base.CAST, 3, Result.ADOPTED),
        (Base.PRESENT_OR_REPRESENTED, 6, Result.REJECTED),
        (Base.REGISTERED, 9, Result.REJECTED),
    ],
)
def test_the_base_decides_what_an_abstention_weighs(base: Base, size: int, result: Result) -> None:
    ballots = box(votes_for=2, against=1, abstain=2, blank=1)
    outcome = METHOD.tally(ballots, Electorate(9), Settings(base=base))
    assert (outcome.result, outcome.base_size) == (result, size)


def test_a_blank_ballot_is_a_vote_cast_only_when_the_procedure_says_so() -> None:
    ballots = box(votes_for=2, against=1, blank=1)
    left_out = METHOD.tally(ballots, Electorate(4), Settings())
    counted = METHOD.tally(ballots, Electorate(4), Settings(blank_counts=True))
    assert (left_out.result, counted.result) == (Result.ADOPTED, Result.REJECTED)


def test_no_other_threshold_is_read() -> None:
    outcome = METHOD.tally(
        box(votes_for=3, against=2), Electorate(5), Settings(threshold=Fraction(3, 4))
    )
    assert (outcome.result, outcome.needed) == (Result.ADOPTED, 3)
