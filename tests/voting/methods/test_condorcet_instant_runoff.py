from tests.voting.rankings import CYCLE, TENNESSEE, counted, ranked, said


def test_who_beats_each_other_one_gets_the_place_without_any_elimination() -> None:
    ranking = counted("condorcet_instant_runoff", TENNESSEE, seats=2)
    assert ranking.elected == ("Nashville", "Chattanooga")
    assert ranking.order == (("Nashville",), ("Chattanooga",), ("Knoxville",), ("Memphis",))
    assert all(one.eliminated == () for one in ranking.rounds)


def test_in_a_cycle_the_fewest_first_choices_are_set_aside_and_come_back() -> None:
    ranking = counted(
        "condorcet_instant_runoff", ranked("4 A > B > C", "3 B > C > A", "2 C > A > B")
    )
    assert ranking.rounds[0].eliminated == ("C",)
    assert ranking.order == (("A",), ("B",), ("C",))
    assert said(ranking, "round_placed")[1] == {"round": 3, "candidate": "B", "place": 2}


def test_only_those_who_may_still_get_the_place_are_tied() -> None:
    ranking = counted("condorcet_instant_runoff", ranked("3 A > B > C", "3 B > A > C"))
    assert ranking.order == (("A", "B"), ("C",))
    assert ranking.tied == ("A", "B")


def test_a_perfect_cycle_is_a_tie() -> None:
    assert counted("condorcet_instant_runoff", CYCLE).order == (("A", "B", "C"),)
