from fractions import Fraction

import pytest

from intranet.voting.methods.qualified_majority import METHOD
from intranet.voting.settings import Settings
from intranet.voting.types import Base, Electorate, Result
from tests.voting.boxes import box

ABSOLUTE = Settings(base=Base.REGISTERED)
TWO_THIRDS = Settings(threshold=Fraction(2, 3), strict=False)
THREE_QUARTERS = Settings(base=Base.PRESENT_OR_REPRESENTED, threshold=Fraction(3, 4), strict=False)


def test_ordinary_meeting_first_seven_members_four_for_is_adopted() -> None:
    outcome = METHOD.tally(box(votes_for=4), Electorate(7), ABSOLUTE)
    assert (outcome.result, outcome.needed) == (Result.ADOPTED, 4)


def test_ordinary_meeting_first_eight_members_four_for_is_not_adopted() -> None:
    outcome = METHOD.tally(box(votes_for=4), Electorate(8), ABSOLUTE)
    assert (outcome.result, outcome.needed) == (Result.REJECTED, 5)


def test_ordinary_meeting_second_by_those_present_or_represented_is_not_adopted() -> None:
    ballots = box(votes_for=2, against=1, abstain=2)
    outcome = METHOD.tally(ballots, Electorate(8, 5), Settings(base=Base.PRESENT_OR_REPRESENTED))
    assert (outcome.result, outcome.needed) == (Result.REJECTED, 3)


def test_ordinary_meeting_second_by_votes_cast_is_adopted() -> None:
    ballots = box(votes_for=2, against=1, abstain=2)
    outcome = METHOD.tally(ballots, Electorate(8, 5), Settings(base=Base.CAST))
    assert (outcome.result, outcome.needed) == (Result.ADOPTED, 2)


@pytest.mark.parametrize(("present", "needed"), [(6, 5), (8, 6)])
def test_extraordinary_meeting_three_quarters_of_those_present(present: int, needed: int) -> None:
    electorate = Electorate(8, present)
    enough = METHOD.tally(box(votes_for=needed), electorate, THREE_QUARTERS)
    too_few = METHOD.tally(box(votes_for=needed - 1), electorate, THREE_QUARTERS)
    assert (enough.result, too_few.result) == (Result.ADOPTED, Result.REJECTED)
    assert enough.needed == needed


@pytest.mark.parametrize(
    ("quorum", "present", "result"),
    [
        (Fraction(3, 4), 5, Result.NO_QUORUM),
        (Fraction(3, 4), 6, Result.ADOPTED),
        (Fraction(1, 2), 3, Result.NO_QUORUM),
        (Fraction(1, 2), 4, Result.ADOPTED),
    ],
)
def test_extraordinary_meeting_quorum_of_seven_members(
    quorum: Fraction, present: int, result: Result
) -> None:
    settings = Settings(
        base=Base.PRESENT_OR_REPRESENTED, threshold=Fraction(3, 4), strict=False, quorum=quorum
    )
    outcome = METHOD.tally(box(votes_for=present), Electorate(7, present), settings)
    assert outcome.result is result


def test_two_of_three_is_at_least_two_thirds_but_not_more() -> None:
    ballots = box(votes_for=2, against=1)
    more = Settings(threshold=Fraction(2, 3), strict=True)
    assert METHOD.tally(ballots, Electorate(3), TWO_THIRDS).result is Result.ADOPTED
    assert METHOD.tally(ballots, Electorate(3), more).result is Result.REJECTED


def test_sixty_six_of_a_hundred_is_not_two_thirds() -> None:
    ballots = box(votes_for=66, against=34)
    assert METHOD.tally(ballots, Electorate(100), TWO_THIRDS).result is Result.REJECTED


@pytest.mark.parametrize(("registered", "votes_for"), [(2, 1), (10, 5)])
def test_half_of_the_members_is_not_an_absolute_majority(registered: int, votes_for: int) -> None:
    outcome = METHOD.tally(box(votes_for=votes_for), Electorate(registered), ABSOLUTE)
    assert (outcome.result, outcome.verdict.code) == (Result.REJECTED, "rejected_majority")


def test_at_least_one_half_with_as_many_against_leaves_the_status_quo() -> None:
    half = Settings(base=Base.REGISTERED, threshold=Fraction(1, 2), strict=False)
    tied = METHOD.tally(box(votes_for=5, against=5), Electorate(10), half)
    ahead = METHOD.tally(box(votes_for=5, against=4), Electorate(10), half)
    assert (tied.result, tied.verdict.code) == (Result.REJECTED, "rejected_tie")
    assert tied.ties == (("for", "against"),)
    assert ahead.result is Result.ADOPTED


def test_a_base_that_nobody_is_part_of_adopts_nothing() -> None:
    outcome = METHOD.tally(box(abstain=3), Electorate(3), TWO_THIRDS)
    assert (outcome.result, outcome.verdict.code) == (Result.REJECTED, "rejected_no_votes_cast")
    assert (outcome.base_size, outcome.needed) == (0, 1)


def test_members_away_from_the_meeting_stay_in_a_base_of_all_registered() -> None:
    outcome = METHOD.tally(box(votes_for=4, against=1), Electorate(8, 5), ABSOLUTE)
    assert (outcome.result, outcome.base_size, outcome.needed) == (Result.REJECTED, 8, 5)


def test_one_for_and_ninety_nine_abstentions_follows_the_base() -> None:
    ballots = box(votes_for=1, abstain=99)
    results = {
        base: METHOD.tally(ballots, Electorate(100), Settings(base=base)).result for base in Base
    }
    assert results == {
        Base.REGISTERED: Result.REJECTED,
        Base.PRESENT_OR_REPRESENTED: Result.REJECTED,
        Base.CAST: Result.ADOPTED,
    }


@pytest.mark.parametrize(
    ("base", "before", "after"),
    [(Base.REGISTERED, 21, 21), (Base.PRESENT_OR_REPRESENTED, 11, 14), (Base.CAST, 11, 11)],
)
def test_what_six_abstentions_do_to_the_number_needed(base: Base, before: int, after: int) -> None:
    def needed(abstentions: int) -> int:
        ballots = box(votes_for=15, against=5, abstain=abstentions)
        return METHOD.tally(ballots, Electorate(40), Settings(base=base)).needed

    assert (needed(0), needed(6)) == (before, after)


def test_a_vote_against_never_helps_when_the_base_is_everyone_registered() -> None:
    alone = METHOD.tally(box(votes_for=4), Electorate(10), ABSOLUTE)
    joined = METHOD.tally(box(votes_for=4, against=1), Electorate(10), ABSOLUTE)
    assert alone.result is joined.result is Result.REJECTED


def test_a_blank_ballot_is_a_vote_cast_only_if_the_rule_says_so() -> None:
    ballots = box(votes_for=5, against=4, blank=1)
    without = METHOD.tally(ballots, Electorate(10), Settings())
    counted = METHOD.tally(ballots, Electorate(10), Settings(blank_counts=True))
    assert (without.result, without.base_size) == (Result.ADOPTED, 9)
    assert (counted.result, counted.base_size) == (Result.REJECTED, 10)
    assert "base_cast_with_blank" in [line.code for line in counted.lines]


def test_a_spoiled_ballot_takes_part_and_is_never_a_vote_cast() -> None:
    blank_counts = Settings(blank_counts=True, quorum=Fraction(1, 2))
    outcome = METHOD.tally(box(votes_for=1, spoiled=4), Electorate(10), blank_counts)
    assert (outcome.taken_part, outcome.base_size) == (5, 1)
    assert outcome.quorum_met


def test_unanimity_of_the_members() -> None:
    all_of_us = Settings(base=Base.REGISTERED, threshold=Fraction(1), strict=False)
    assert METHOD.tally(box(votes_for=4), Electorate(4), all_of_us).result is Result.ADOPTED
    assert METHOD.tally(box(votes_for=3), Electorate(4), all_of_us).result is Result.REJECTED
