from fractions import Fraction

import pytest

from intranet.voting.election import Dropped, Unmarked, Verdict
from intranet.voting.types import InvalidCount
from tests.voting.rankings import BLANK, CYCLE, FORTY_FIVE, TENNESSEE, counted, ranked, said


def test_the_example_of_schulzes_paper_comes_out_in_his_order() -> None:
    ranking = counted("schulze", FORTY_FIVE)
    assert ranking.order == (("E",), ("A",), ("C",), ("B",), ("D",))
    assert ranking.elected == ("E",)
    assert ranking.pairwise["A", "B"] == 20
    assert ranking.pairwise["D", "C"] == 28
    assert said(ranking, "nobody_beats_each_other") == [{}]
    chain = {"candidate": "A", "other": "C", "strength": 28, "strength_back": 25}
    assert chain not in said(ranking, "chain"), "A beats C directly"
    assert {"candidate": "A", "other": "B", "strength": 28, "strength_back": 25} in said(
        ranking, "chain"
    )


def test_the_town_preferred_to_each_other_one_comes_first() -> None:
    ranking = counted("schulze", TENNESSEE)
    assert ranking.order == (("Nashville",), ("Chattanooga",), ("Knoxville",), ("Memphis",))
    assert said(ranking, "beats_each_other") == [{"candidate": "Nashville"}]
    assert {
        "candidate": "Nashville",
        "other": "Memphis",
        "votes_for": 58,
        "votes_against": 42,
    } in said(ranking, "defeat")


def test_t27_a_perfect_cycle_is_a_tie_of_all_three() -> None:
    ranking = counted("schulze", CYCLE)
    assert ranking.verdict is Verdict.TIED
    assert ranking.order == (("A", "B", "C"),)
    assert (ranking.elected, ranking.tied) == ((), ("A", "B", "C"))
    assert ranking.lines[0].values == {"tied": "A, B, C", "left": 1}
    assert len(said(ranking, "chains_tied")) == 3


def test_an_uneven_cycle_is_cut_at_its_weakest_win() -> None:
    ranking = counted("schulze", ranked("4 A > B > C", "3 B > C > A", "2 C > A > B"))
    assert ranking.order == (("A",), ("B",), ("C",))
    assert said(ranking, "chain") == [
        {"candidate": "A", "other": "C", "strength": 6, "strength_back": 5}
    ]


def test_t20_a_tie_for_the_last_seat_is_shown_and_nobody_gets_it() -> None:
    ranking = counted("schulze", ranked("10 A", "8 B", "5 C", "5 D", "3 E"), seats=3)
    assert ranking.verdict is Verdict.TIED
    assert ranking.elected == ("A", "B")
    assert ranking.tied == ("C", "D")
    assert ranking.lines[0].code == "tied_after_elected"
    assert ranking.lines[0].values == {"elected": "A, B", "tied": "C, D", "left": 1}


def test_t20_the_recorded_draw_gives_the_last_seat_and_is_named() -> None:
    box = ranked("10 A", "8 B", "5 C", "5 D", "3 E")
    ranking = counted("schulze", box, seats=3, tie_break=("D", "C"))
    assert ranking.verdict is Verdict.DECIDED
    assert ranking.elected == ("A", "B", "D")
    assert ranking.order[2] == ("C", "D"), "the ballots still do not separate them"
    assert said(ranking, "draw_separates") == [{"names": "D, C"}]


def test_a_draw_that_leaves_out_one_of_the_tied_settles_nothing() -> None:
    ranking = counted("schulze", CYCLE, tie_break=("A", "B"))
    assert ranking.tied == ("A", "B", "C")


def test_t26_one_result_says_who_is_elected_in_every_part() -> None:
    ranking = counted("schulze", CYCLE, tie_break=("B", "A", "C"))
    written = ranking.to_json()
    assert written["elected"] == ["B"]
    assert ranking.lines[0].values["elected"] == "B"


def test_t15_a_blank_ballot_compares_nobody() -> None:
    box = [*ranked("2 A > B", "1 B > A"), *[BLANK] * 9]
    ranking = counted("schulze", box, registered=20)
    assert (ranking.pairwise["A", "B"], ranking.pairwise["B", "A"]) == (2, 1)
    turnout = ranking.turnout
    assert (turnout.valid, turnout.blank, turnout.spoiled, turnout.not_voted) == (3, 9, 0, 8)


def test_the_meaning_of_no_mark_can_elect_somebody_else() -> None:
    box = ranked("3 A", "2 B > A", "2 B > C")
    assert counted("schulze", box, unmarked=Unmarked.LAST).elected == ("B",)
    other = ranked("4 A", "2 B > A", "1 B > C")
    assert counted("schulze", other, unmarked=Unmarked.LAST).elected == ("A",)
    assert counted("schulze", other, unmarked=Unmarked.UNCOMPARED).elected == ("B",)
    nothing = counted("schulze", other, unmarked=Unmarked.REJECT)
    assert (nothing.verdict, nothing.turnout.spoiled) == (Verdict.NOBODY, 7)


def test_who_gets_too_few_ballots_above_the_default_option_is_dropped_first() -> None:
    box = ranked("5 A > None > B", "4 B > None > A", "3 A > B > None")
    ranking = counted("schulze", box, default_option="None", above_default=Fraction(15, 2))
    assert ranking.dropped == (Dropped("B", "above_default"),)
    assert ranking.order == (("A",), ("None",))
    assert said(ranking, "dropped_above_default") == [
        {"candidate": "B", "default": "None", "above": 7, "more_than": "7.5"}
    ]


def test_as_many_ballots_above_the_default_option_as_said_are_not_more() -> None:
    box = ranked("5 A > None", "2 None > A")
    rules = {"default_option": "None"}
    assert counted("schulze", box, above_default=Fraction(5), **rules).dropped
    assert not counted("schulze", box, above_default=Fraction(49, 10), **rules).dropped


@pytest.mark.parametrize(
    ("above", "below", "majority", "is_kept"),
    [
        (3, 1, Fraction(3), True),
        (5, 2, Fraction(3), False),
        (2, 2, Fraction(1), False),
        (3, 2, Fraction(1), True),
        (3, 2, Fraction(3, 2), True),
    ],
)
def test_the_majority_against_the_default_option_is_exact(
    above: int, below: int, majority: Fraction, is_kept: bool
) -> None:
    box = ranked(f"{above} A > None", f"{below} None > A")
    ranking = counted("schulze", box, default_option="None", majority=majority)
    assert (ranking.elected == ("A",)) is is_kept
    assert (ranking.dropped == ()) is is_kept
    assert (ranking.verdict is Verdict.DECIDED) is is_kept


def test_a_dropped_candidate_cannot_spoil_the_comparison_of_the_others() -> None:
    box = ranked("4 A > B > None > C", "3 B > C > None > A", "2 C > A > B > None")
    without = counted("schulze", box, default_option="None", majority=Fraction(3, 2))
    assert [one.candidate for one in without.dropped] == ["C"]
    assert without.order == (("A",), ("B",), ("None",))


def test_when_the_default_option_comes_first_nobody_is_chosen() -> None:
    ranking = counted("schulze", ranked("2 None > A", "1 A > None"), default_option="None", seats=2)
    assert ranking.verdict is Verdict.NOBODY
    assert ranking.elected == ("None",)
    assert ranking.lines[0].values == {"default": "None"}


def test_the_default_option_never_takes_a_seat_beside_a_candidate() -> None:
    ranking = counted("schulze", ranked("3 A > None > B"), default_option="None", seats=2)
    assert ranking.verdict is Verdict.DECIDED
    assert ranking.elected == ("A",)
    assert ranking.lines[0].values == {"elected": "A", "seats": 2, "empty": 1}


@pytest.mark.parametrize(("names", "code"), [(["A"], "default_option"), (["None"], "no_candidate")])
def test_a_default_option_is_one_of_several_candidates(names: list[str], code: str) -> None:
    with pytest.raises(InvalidCount, match=code):
        counted("schulze", [], names, default_option="None")
