from fractions import Fraction

import pytest

from intranet.voting.methods.simple_majority import METHOD
from intranet.voting.settings import Settings
from intranet.voting.types import Base, Electorate, Result, TieRule
from tests.voting.boxes import box


def test_more_for_than_against_adopts() -> None:
    outcome = METHOD.tally(box(votes_for=2, against=1, abstain=5), Electorate(20), Settings())
    assert outcome.result is Result.ADOPTED
    assert outcome.verdict.code == "adopted_more_for"
    assert outcome.verdict.values == {"votes_for": 2, "votes_against": 1}
    assert (outcome.base, outcome.base_size, outcome.needed) == (Base.CAST, 3, 2)


def test_more_against_than_for_rejects() -> None:
    outcome = METHOD.tally(box(votes_for=1, against=2), Electorate(3), Settings())
    assert (outcome.result, outcome.verdict.code) == (Result.REJECTED, "rejected_not_more_for")


def test_t21_a_tie_leaves_the_status_quo_and_says_so() -> None:
    outcome = METHOD.tally(box(votes_for=3, against=3), Electorate(6), Settings())
    assert (outcome.result, outcome.verdict.code) == (Result.REJECTED, "rejected_tie")
    assert outcome.ties == (("for", "against"),)


@pytest.mark.parametrize(
    ("rule", "code"),
    [
        (TieRule.CHAIR, "tied_chair"),
        (TieRule.NEW_ROUND, "tied_new_round"),
        (TieRule.DRAW, "tied_draw"),
    ],
)
def test_a_tie_is_left_open_for_whoever_the_rule_names(rule: TieRule, code: str) -> None:
    outcome = METHOD.tally(box(votes_for=3, against=3), Electorate(6), Settings(tie=rule))
    assert (outcome.result, outcome.verdict.code) == (Result.TIED, code)


def test_nobody_taking_a_side_is_not_a_tie() -> None:
    chair = Settings(tie=TieRule.CHAIR)
    outcome = METHOD.tally(box(abstain=3, blank=1), Electorate(6), chair)
    assert (outcome.result, outcome.verdict.code) == (Result.REJECTED, "rejected_no_votes_cast")
    assert outcome.ties == ()


def test_t6_one_for_and_ninety_nine_abstentions_adopts_and_says_who_is_left_out() -> None:
    outcome = METHOD.tally(box(votes_for=1, abstain=99), Electorate(100), Settings())
    assert outcome.result is Result.ADOPTED
    base = next(line for line in outcome.lines if line.code == "base_cast")
    assert base.values == {"cast": 1, "abstain": 99, "blank": 0, "spoiled": 0}


def test_t7_a_quorum_of_those_taking_part_can_be_met_by_a_vote_against() -> None:
    half = Settings(quorum=Fraction(1, 2))
    alone = METHOD.tally(box(votes_for=4), Electorate(10), half)
    joined = METHOD.tally(box(votes_for=4, against=1), Electorate(10), half)
    assert (alone.result, joined.result) == (Result.NO_QUORUM, Result.ADOPTED)
    assert alone.lines[-1].values["missing"] == 1
    assert joined.lines[-1].code == "quorum_met"


def test_a_member_present_counts_for_the_quorum_without_voting() -> None:
    outcome = METHOD.tally(box(votes_for=1), Electorate(10, 5), Settings(quorum=Fraction(1, 2)))
    assert outcome.result is Result.ADOPTED
    assert (outcome.taken_part, outcome.counts["not_voted"]) == (5, 9)


def test_eight_members_on_second_convocation_by_votes_cast() -> None:
    outcome = METHOD.tally(box(votes_for=2, against=1, abstain=2), Electorate(8, 5), Settings())
    assert outcome.result is Result.ADOPTED
