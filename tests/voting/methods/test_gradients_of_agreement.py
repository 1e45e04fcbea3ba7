from fractions import Fraction

import pytest

from intranet.voting.methods.gradients_of_agreement import METHOD
from intranet.voting.settings import Settings
from intranet.voting.types import Base, Electorate, InvalidChoice, Result
from tests.voting.boxes import box

MIXED = {
    "endorse": 2,
    "endorse_minor": 2,
    "support_with_reservation": 2,
    "abstain": 1,
    "stand_aside": 1,
    "disagree_but_follow": 2,
}


def test_the_first_three_steps_are_support_and_the_last_three_opposition() -> None:
    outcome = METHOD.tally(box(**MIXED), Electorate(12), Settings())
    assert (outcome.result, outcome.base_size, outcome.needed) == (Result.ADOPTED, 8, 5)
    added = next(line for line in outcome.lines if line.code == "steps_added_up")
    assert added.values == {"support": 6, "neither": 2, "opposed": 2}


@pytest.mark.parametrize(
    ("base", "result"),
    [
        (Base.CAST, Result.ADOPTED),
        (Base.PRESENT_OR_REPRESENTED, Result.REJECTED),
        (Base.REGISTERED, Result.REJECTED),
    ],
)
def test_the_share_of_support_is_of_the_base_of_the_procedure(base: Base, result: Result) -> None:
    settings = Settings(base=base, threshold=Fraction(3, 4), strict=False)
    assert METHOD.tally(box(**MIXED), Electorate(12), settings).result is result


@pytest.mark.parametrize("step", ["disagree_not_involved", "block"])
def test_the_two_lowest_steps_stop_a_text_only_where_the_procedure_says_so(step: str) -> None:
    ballots = box(**MIXED, **{step: 1})
    stopped = METHOD.tally(ballots, Electorate(12), Settings(lowest_block=True))
    assert (stopped.result, stopped.verdict.code) == (Result.REJECTED, "rejected_lowest_steps")
    assert METHOD.tally(ballots, Electorate(12), Settings()).result is Result.ADOPTED


def test_the_third_step_from_the_bottom_never_stops_a_text() -> None:
    outcome = METHOD.tally(box(**MIXED), Electorate(12), Settings(lowest_block=True))
    assert outcome.result is Result.ADOPTED


def test_as_much_opposition_as_support_changes_nothing() -> None:
    half = Settings(threshold=Fraction(1, 2), strict=False)
    outcome = METHOD.tally(box(endorse=2, block=2), Electorate(4), half)
    assert outcome.verdict.code == "rejected_support_not_more"


def test_a_block_needs_words_and_no_other_step_does() -> None:
    with pytest.raises(InvalidChoice, match="block_without_reason"):
        METHOD.read({"option": "block"})
    for step in METHOD.options[:-1]:
        assert METHOD.read({"option": step}).option == step
