"""Errors of counting met in other systems, each a case here under the same number.

T1, T2, T3 are in test_quorum.py; T5, T14, T18, T20, T21, T22, T23 in methods/; parts of T6 and
T7 too.
"""

from __future__ import annotations

from fractions import Fraction

import pytest

from intranet.voting.method import Method
from intranet.voting.papers import Paper, turnout
from intranet.voting.registry import all_methods, method
from intranet.voting.settings import InvalidSettings, Settings
from intranet.voting.types import Base, Electorate, InvalidCount, Result
from tests.voting.boxes import box
from tests.voting.rankings import BLANK, SPOILED, counted, ranked, said

TWO_THIRDS = Fraction(2, 3)


@pytest.mark.parametrize(("strict", "result"), [(False, Result.ADOPTED), (True, Result.REJECTED)])
def test_t4_two_of_three_are_at_least_two_thirds_and_not_more(strict: bool, result: Result) -> None:
    settings = Settings(threshold=TWO_THIRDS, strict=strict)
    outcome = method("qualified_majority").tally(
        box(votes_for=2, against=1), Electorate(3), settings
    )
    assert outcome.result is result


@pytest.mark.parametrize("percent", ["66%", "66.67", "0.6667", 67, 0.67])
def test_t4_a_percentage_is_no_threshold(percent: object) -> None:
    with pytest.raises(InvalidSettings, match="not_a_fraction"):
        Settings.from_json({"threshold": percent})


def test_t4_a_share_that_two_decimals_round_to_two_thirds_does_not_reach_it() -> None:
    settings = Settings(threshold=TWO_THIRDS, strict=False)
    outcome = method("qualified_majority").tally(
        box(votes_for=661, against=339), Electorate(1000), settings
    )
    assert (outcome.result, outcome.needed) == (Result.REJECTED, 667)


@pytest.mark.parametrize("counts", [{}, {"abstain": 4}, {"blank": 2, "spoiled": 2}])
@pytest.mark.parametrize("key", ["simple_majority", "absolute_majority", "unanimity"])
def test_t6_without_a_vote_for_or_against_nothing_is_adopted_and_the_result_says_so(
    key: str, counts: dict[str, int]
) -> None:
    outcome = method(key).tally(box(**counts), Electorate(4), Settings())
    assert (outcome.result, outcome.verdict.code) == (Result.REJECTED, "rejected_no_votes_cast")


def test_t7_a_threshold_among_all_registered_cannot_be_reached_by_a_vote_against() -> None:
    everybody = Settings(base=Base.REGISTERED, strict=False)
    results = [
        method("qualified_majority").tally(ballots, Electorate(10), everybody).result
        for ballots in (box(votes_for=4), box(votes_for=4, against=1))
    ]
    assert results == [Result.REJECTED, Result.REJECTED]


@pytest.mark.parametrize(
    ("base", "before", "after"),
    [(Base.CAST, 10, 10), (Base.PRESENT_OR_REPRESENTED, 10, 12), (Base.REGISTERED, 13, 13)],
)
def test_t8_abstentions_raise_the_bar_only_in_the_base_that_says_so(
    base: Base, before: int, after: int
) -> None:
    settings = Settings(base=base)
    votes = {"votes_for": 10, "against": 9}
    needed = [
        method("absolute_majority").tally(ballots, Electorate(25), settings)
        for ballots in (box(**votes), box(**votes, abstain=3))
    ]
    assert [outcome.needed for outcome in needed] == [before, after]
    assert {outcome.base for outcome in needed} == {base}
    assert all(f"base_{base}" in [line.code for line in outcome.lines] for outcome in needed)


@pytest.mark.parametrize("blank_counts", [False, True])
def test_t9_a_spoiled_ballot_is_never_a_vote_cast(blank_counts: bool) -> None:
    settings = Settings(threshold=TWO_THIRDS, strict=False, blank_counts=blank_counts)
    outcome = method("qualified_majority").tally(
        box(votes_for=2, against=1, spoiled=7), Electorate(10), settings
    )
    assert (outcome.result, outcome.base_size) == (Result.ADOPTED, 3)


@pytest.mark.parametrize(
    ("registered", "present", "code"),
    [(-1, None, "negative"), (5, -2, "negative"), (5, 6, "more_present_than_registered")],
)
def test_t13_a_roll_that_cannot_be_is_refused(
    registered: int, present: int | None, code: str
) -> None:
    with pytest.raises(InvalidCount, match=code):
        Electorate(registered, present)


@pytest.mark.parametrize("copies", [0, -2])
def test_t13_a_negative_number_of_ballots_is_refused(copies: int) -> None:
    with pytest.raises(InvalidCount, match="no_copies"):
        Paper({"A": 1}, copies=copies)


@pytest.mark.parametrize("one", all_methods(), ids=lambda one: one.key)
def test_t13_the_numbers_add_up_to_the_roll_and_more_ballots_than_people_are_refused(
    one: Method,
) -> None:
    ballots = box(**dict.fromkeys(one.options, 1), spoiled=1)
    outcome = one.tally(ballots, Electorate(20), Settings())
    assert sum(outcome.counts.values()) == 20
    with pytest.raises(InvalidCount, match="more_ballots_than_people"):
        one.tally(ballots, Electorate(len(ballots) - 1), Settings())


def test_t13_the_box_of_an_election_never_holds_more_than_the_roll() -> None:
    with pytest.raises(InvalidCount, match="more_ballots_than_people"):
        turnout([Paper({"A": 1}, copies=2), BLANK], 2)


def test_t15_blank_abstain_spoiled_and_not_voted_are_four_numbers() -> None:
    ballots = box(votes_for=1, abstain=2, blank=3, spoiled=4)
    counts = method("simple_majority").tally(ballots, Electorate(15), Settings()).counts
    assert [counts[name] for name in ("abstain", "blank", "spoiled", "not_voted")] == [2, 3, 4, 5]


@pytest.mark.parametrize("key", ["schulze", "single_transferable_vote", "borda"])
def test_t15_blank_ballots_are_no_rankings(key: str) -> None:
    box_of_ranks = ranked("3 A > B > C", "2 B > C > A")
    alone = counted(key, box_of_ranks)
    with_blanks = counted(key, [*box_of_ranks, *[BLANK] * 9, SPOILED])
    assert with_blanks.pairwise == alone.pairwise
    assert with_blanks.quota == alone.quota
    assert (with_blanks.order, with_blanks.elected) == (alone.order, alone.elected)
    assert (with_blanks.turnout.blank, with_blanks.turnout.spoiled) == (9, 1)


def test_t16_absent_is_not_abstaining() -> None:
    present = method("absolute_majority").tally(
        box(votes_for=2, abstain=2), Electorate(9, 4), Settings(base=Base.PRESENT_OR_REPRESENTED)
    )
    assert (present.counts["abstain"], present.counts["not_voted"]) == (2, 5)
    assert (present.base_size, present.result) == (4, Result.REJECTED)
    absent = method("absolute_majority").tally(
        box(votes_for=2), Electorate(9, 2), Settings(base=Base.PRESENT_OR_REPRESENTED)
    )
    assert absent.result is Result.ADOPTED


def test_t19_the_summary_of_ballots_is_there_even_when_all_is_zero() -> None:
    outcome = method("simple_majority").tally(box(votes_for=1), Electorate(1), Settings())
    summary = next(line for line in outcome.lines if line.code == "counts_votes")
    assert [summary.values[name] for name in ("blank", "spoiled", "not_voted")] == [0, 0, 0]
    ranking = counted("approval", [Paper({"A": 1})])
    assert said(ranking, "counts_papers") == [
        {"valid": 1, "blank": 0, "spoiled": 0, "not_voted": 0}
    ]
