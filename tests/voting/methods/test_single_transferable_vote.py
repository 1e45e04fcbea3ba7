from intranet.voting.election import Verdict
from tests.voting.rankings import BLANK, SPOILED, counted, ranked, said

STV = "single_transferable_vote"
SWEETS = ranked(
    "4 Orange",
    "2 Pear > Orange",
    "8 Chocolate > Strawberry",
    "4 Chocolate > Bonbon",
    "1 Strawberry",
    "1 Bonbon",
)
"""Twenty guests choose three of five dishes: a textbook example."""


def test_the_surplus_of_the_first_goes_to_the_next_choices() -> None:
    ranking = counted(STV, SWEETS, seats=3)
    assert ranking.quota == "6.00000"
    first = ranking.rounds[0]
    assert first.scores["Chocolate"] == "12.00000"
    assert first.elected == ("Chocolate",)
    assert first.after["Strawberry"] == "5.00000"
    assert first.after["Bonbon"] == "3.00000"
    assert ranking.elected == ("Chocolate", "Orange", "Strawberry")
    assert [one.eliminated for one in ranking.rounds] == [(), ("Pear",), ("Bonbon",)]


def test_each_round_adds_up_to_the_valid_ballots() -> None:
    box = ranked("7 A > B > C", "5 B > C", "3 C > D", "4 D > A", "2 E > B", "1 E")
    ranking = counted(STV, box, seats=2)
    for one in ranking.rounds:
        held = sum(units(score) for score in one.after.values())
        assert not one.after or held + units(one.exhausted) + units(one.lost) == 22 * 100_000


def units(text: str) -> int:
    whole, _, rest = text.partition(".")
    return int(whole) * 100_000 + int(rest)


def test_a_transfer_is_cut_at_the_fifth_decimal() -> None:
    ranking = counted(STV, ranked("7 A > B", "3 B", "4 C"), seats=2)
    assert ranking.quota == "5.00000"
    assert said(ranking, "round_surplus") == [
        {"round": 1, "candidate": "A", "score": "2.00000", "value": "0.28571"}
    ]
    assert ranking.rounds[0].after["B"] == "4.99997"
    assert ranking.rounds[0].lost == "0.00003"


def test_a_ballot_that_came_with_a_part_of_its_value_moves_with_a_part_of_that_part() -> None:
    ranking = counted(STV, ranked("10 A > B > C", "3 B > C", "4 D", "3 C"), seats=3)
    assert ranking.rounds[0].after["B"] == "7.00000"
    assert ranking.rounds[0].elected == ("A", "B")
    # Three whole ballots at 0.14285 and ten of 0.4 at 0.05714.
    assert ranking.rounds[1].after["C"] == "3.99995"
    assert ranking.rounds[1].lost == "0.00005"


def test_the_largest_surplus_moves_first() -> None:
    ranking = counted(STV, ranked("7 A > C", "9 B > D", "1 C", "1 D", "1 E"), seats=4)
    moved = [one["candidate"] for one in said(ranking, "round_surplus")]
    assert moved[:2] == ["B", "A"]


def test_candidates_without_votes_stay_when_their_seats_would_be_empty() -> None:
    ranking = counted(STV, ranked("6 A"), ["A", "B", "C"], seats=2)
    assert (ranking.elected, ranking.tied) == (("A",), ("B", "C"))


def test_t83_no_surplus_goes_to_somebody_already_elected() -> None:
    box = ranked("9 A > B > C", "6 B > A > C", "2 C", "3 D")
    ranking = counted(STV, box, seats=3)
    assert ranking.quota == "6.00000"
    assert ranking.rounds[0].elected == ("A", "B")
    assert ranking.rounds[0].after == {
        "A": "6.00000",
        "B": "6.00000",
        "C": "4.99997",
        "D": "3.00000",
    }
    assert ranking.elected == ("A", "B", "C")


def test_t17_blank_and_spoiled_ballots_do_not_raise_the_quota() -> None:
    box = [*ranked("6 A > B", "3 B"), *[BLANK] * 30, SPOILED]
    ranking = counted(STV, box, seats=2)
    assert ranking.quota == "4.00000"
    assert ranking.elected == ("A", "B")
    assert (ranking.turnout.valid, ranking.turnout.blank, ranking.turnout.spoiled) == (9, 30, 1)


def test_t17_a_ballot_without_one_first_choice_is_spoiled() -> None:
    ranking = counted(STV, ranked("3 A > B", "2 A = B > C", "1 B"), seats=1)
    assert (ranking.turnout.valid, ranking.turnout.spoiled) == (4, 2)
    assert ranking.rounds[0].scores == {"A": "3.00000", "B": "1.00000", "C": "0.00000"}


def test_equal_ranks_further_down_end_the_ballot() -> None:
    ranking = counted(
        STV, ranked("2 A > B = C > D", "3 D", "3 C", "2 B"), seats=1, tie_break=("B", "A", "C", "D")
    )
    leaves = next(one for one in ranking.rounds if one.eliminated == ("A",))
    assert leaves.exhausted == "2.00000"


def test_t24_a_tie_is_settled_by_the_most_recent_earlier_round() -> None:
    box = ranked("9 A", "5 B", "4 C", "1 D > C", "3 E")
    ranking = counted(STV, box, seats=1)
    assert said(ranking, "round_earlier") == [{"round": 3, "candidate": "C", "names": "B, C"}]


def test_t24_then_by_the_recorded_draw_and_never_by_the_order_of_the_list() -> None:
    box = ranked("5 A", "2 B > A", "2 C > B", "4 D")
    for names in (["A", "B", "C", "D"], ["D", "C", "B", "A"]):
        tied = counted(STV, box, names)
        assert (tied.verdict, tied.tied) == (Verdict.TIED, ("B", "C"))
        assert tied.rounds[-1].note == "stopped"
    drawn = counted(STV, box, tie_break=("B", "C"))
    assert drawn.rounds[0].eliminated == ("C",)
    assert said(drawn, "round_draw") == [{"round": 1, "candidate": "C", "names": "B, C"}]


def test_a_stopped_count_keeps_those_already_elected() -> None:
    box = ranked("6 A", "2 B > D", "2 C > D", "3 D")
    ranking = counted(STV, box, seats=2)
    assert (ranking.elected, ranking.tied) == (("A",), ("B", "C"))
    assert ranking.lines[0].code == "tied_count_stops_after_elected"


def test_equal_surpluses_wait_for_the_draw() -> None:
    box = ranked("6 A > C", "6 B > D", "1 C", "1 D", "1 E")
    ranking = counted(STV, box, seats=4, tie_break=("B", "A"))
    assert said(ranking, "round_draw")[0] == {"round": 1, "candidate": "B", "names": "A, B"}
    assert counted(STV, box, seats=4).tied == ("A", "B")


def test_candidates_without_any_vote_leave_together() -> None:
    ranking = counted(STV, ranked("4 A > B", "3 C > D", "2 E"), seats=1)
    assert ranking.rounds[0].eliminated == ("B", "D")


def test_t84_the_order_of_ballots_changes_no_digit() -> None:
    assert counted(STV, SWEETS[::-1], seats=3) == counted(STV, SWEETS, seats=3)
