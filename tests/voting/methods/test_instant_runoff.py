from intranet.voting.election import Verdict
from tests.voting.rankings import CYCLE, TENNESSEE, counted, ranked, said


def test_the_lowest_leaves_until_one_has_more_than_half() -> None:
    ranking = counted("instant_runoff", TENNESSEE)
    assert ranking.elected == ("Knoxville",)
    assert [one.eliminated for one in ranking.rounds] == [("Chattanooga",), ("Nashville",), ()]
    assert ranking.rounds[1].scores == {"Memphis": "42", "Knoxville": "32", "Nashville": "26"}
    assert ranking.rounds[2].scores == {"Knoxville": "58", "Memphis": "42"}
    assert ranking.order == (("Knoxville",), ("Memphis",), ("Nashville",), ("Chattanooga",))
    assert said(ranking, "round_majority") == [
        {"round": 3, "candidate": "Knoxville", "score": "58", "in_play": "100"}
    ]


def test_equal_best_ranks_share_their_ballot_exactly() -> None:
    ranking = counted("instant_runoff", ranked("3 A = B = C", "1 A = B > C", "1 C"))
    assert ranking.rounds[0].scores == {"C": "2", "A": "1.5", "B": "1.5"}
    thirds = counted("instant_runoff", ranked("1 A = B = C", "2 A", "2 B", "2 C > A"))
    assert thirds.rounds[0].scores == {"A": "7/3", "B": "7/3", "C": "7/3"}


def test_a_ballot_whose_candidates_are_gone_leaves_the_play() -> None:
    ranking = counted("instant_runoff", ranked("4 A", "3 B", "2 C"))
    assert ranking.rounds[0].exhausted == "2"
    assert said(ranking, "round_majority")[0]["in_play"] == "7"


def test_half_of_the_ballots_is_not_more_than_half() -> None:
    ranking = counted("instant_runoff", ranked("2 A", "1 B > C", "1 C > B"))
    assert ranking.rounds[0].elected == ()


def test_the_lowest_leave_together_when_their_order_changes_nothing() -> None:
    ranking = counted("instant_runoff", ranked("5 A", "4 B", "1 C > B", "1 D > B"))
    assert ranking.rounds[0].eliminated == ("C", "D")
    assert ranking.elected == ("B",)
    assert ranking.order[-1] == ("C", "D")


def test_the_lowest_do_not_leave_together_when_they_could_reach_the_next() -> None:
    ranking = counted("instant_runoff", ranked("4 A", "2 B", "1 C > D", "1 D > C"))
    assert (ranking.verdict, ranking.tied) == (Verdict.TIED, ("C", "D"))


def test_t24_the_most_recent_round_comes_before_the_older_ones() -> None:
    box = ranked("8 A", "4 B", "5 C", "2 D > B", "1 E > C", "2 E")
    ranking = counted("instant_runoff", box)
    assert [dict(one.scores) for one in ranking.rounds[:2]] == [
        {"A": "8", "C": "5", "B": "4", "E": "3", "D": "2"},
        {"A": "8", "B": "6", "C": "5", "E": "3"},
    ]
    assert ranking.rounds[2].eliminated == ("C",)


def test_t24_a_tie_for_the_fewest_looks_at_the_round_before() -> None:
    box = ranked("6 A", "4 B", "3 C", "1 D > C")
    ranking = counted("instant_runoff", box)
    assert said(ranking, "round_earlier") == [{"round": 2, "candidate": "C", "names": "B, C"}]
    assert ranking.rounds[1].eliminated == ("C",)


def test_t24_then_the_recorded_draw_then_the_count_stops() -> None:
    box = ranked("3 A", "2 B > A", "2 C > B")
    tied = counted("instant_runoff", box)
    assert (tied.verdict, tied.tied, tied.elected) == (Verdict.TIED, ("B", "C"), ())
    assert tied.lines[-1].code == "round_stops"
    assert counted("instant_runoff", box, tie_break=("C", "B")).elected == ("A",)
    assert counted("instant_runoff", box, tie_break=("B", "C")).elected == ("B",)


def test_a_cycle_with_as_many_first_choices_is_tied() -> None:
    assert counted("instant_runoff", CYCLE).tied == ("A", "B", "C")
