import pytest

from intranet.voting.methods.unanimity import METHOD
from intranet.voting.settings import Settings
from intranet.voting.types import Base, Electorate, Result
from tests.voting.boxes import box


@pytest.mark.parametrize(
    ("base", "result"),
    [
        (Base.CAST, Result.ADOPTED),
        (Base.PRESENT_OR_REPRESENTED, Result.REJECTED),
        (Base.REGISTERED, Result.REJECTED),
    ],
)
def test_the_base_says_of_whom_everybody_is(base: Base, result: Result) -> None:
    ballots = box(votes_for=4, abstain=1, spoiled=1)
    assert METHOD.tally(ballots, Electorate(8), Settings(base=base)).result is result


@pytest.mark.parametrize("base", Base)
def test_one_vote_against_stops_the_text(base: Base) -> None:
    outcome = METHOD.tally(box(votes_for=9, against=1), Electorate(10), Settings(base=base))
    assert (outcome.result, outcome.verdict.code) == (Result.REJECTED, "rejected_unanimity")


def test_everybody_for_adopts_in_every_base() -> None:
    for base in Base:
        outcome = METHOD.tally(box(votes_for=5), Electorate(5), Settings(base=base))
        assert (outcome.result, outcome.needed) == (Result.ADOPTED, 5)


def test_one_absence_is_enough_among_the_registered_and_not_among_those_in_the_meeting() -> None:
    ballots, meeting = box(votes_for=5), Electorate(6, 5)
    assert METHOD.tally(ballots, meeting, Settings(base=Base.REGISTERED)).result is Result.REJECTED
    present = Settings(base=Base.PRESENT_OR_REPRESENTED)
    assert METHOD.tally(ballots, meeting, present).result is Result.ADOPTED


def test_nobody_against_is_not_enough_when_nobody_is_for() -> None:
    outcome = METHOD.tally(box(abstain=3), Electorate(3), Settings())
    assert outcome.verdict.code == "rejected_no_votes_cast"
