from intranet.voting.election import Verdict
from intranet.voting.papers import Paper
from tests.voting.rankings import BLANK, counted, said


def test_the_most_approved_is_chosen_and_shares_are_of_ballots() -> None:
    box = [Paper({"A": 1, "B": 1}, copies=4), Paper({"B": 1}, copies=3), Paper({"A": 1, "C": 1})]
    ranking = counted("approval", box)
    assert ranking.elected == ("B",)
    assert said(ranking, "votes")[0] == {"place": 1, "names": "B", "votes": 7, "valid": 8}
    assert said(ranking, "crosses_any") == [{"crosses": 13, "valid": 8}]


def test_t18_one_cross_and_every_cross_are_valid_ballots_and_none_is_called_short() -> None:
    box = [Paper({"A": 1}), Paper({"A": 1, "B": 1, "C": 1}), BLANK]
    turnout = counted("approval", box).turnout
    assert (turnout.valid, turnout.blank, turnout.spoiled) == (2, 1, 0)


def test_as_many_approvals_are_a_tie() -> None:
    ranking = counted("approval", [Paper({"A": 1, "B": 1}), Paper({"C": 1})])
    assert (ranking.verdict, ranking.tied) == (Verdict.TIED, ("A", "B", "C"))
