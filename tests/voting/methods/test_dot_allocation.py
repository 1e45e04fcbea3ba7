import pytest

from intranet.voting.election import ElectionSettings
from intranet.voting.methods.dot_allocation import METHOD
from intranet.voting.papers import Paper
from intranet.voting.types import InvalidChoice, InvalidCount
from tests.voting.rankings import counted, said

RULES = ElectionSettings(highest=10)


def test_t14_points_and_people_are_two_numbers() -> None:
    box = [Paper({"A": 10}), Paper({"B": 3, "C": 3}, copies=3)]
    ranking = counted("dot_allocation", box, highest=10)
    assert ranking.elected == ("A",)
    totals = [(one["candidate"], one["total"], one["votes"]) for one in said(ranking, "total")]
    assert totals == [("A", 10, 1), ("B", 9, 3), ("C", 9, 3)]
    assert said(ranking, "points_shared") == [{"budget": 10, "given": 28, "possible": 40}]


def test_more_points_than_one_has_spoil_the_ballot_and_fewer_do_not() -> None:
    ranking = counted("dot_allocation", [Paper({"A": 6, "B": 5}), Paper({"A": 1})], highest=10)
    assert (ranking.turnout.valid, ranking.turnout.spoiled) == (1, 1)


def test_a_ballot_of_noughts_is_blank() -> None:
    ranking = counted("dot_allocation", [Paper({"A": 0, "B": 0}), Paper({"A": 2})], highest=10)
    assert (ranking.turnout.valid, ranking.turnout.blank) == (1, 1)


def test_the_form_reads_points_and_refuses_too_many() -> None:
    names = ["A", "B"]
    assert METHOD.read({"mark.0": "7", "mark.1": "0"}, names, RULES) == Paper({"A": 7})
    with pytest.raises(InvalidChoice, match="too_many"):
        METHOD.read({"mark.0": "7", "mark.1": "4"}, names, RULES)
    with pytest.raises(InvalidChoice, match="missing"):
        METHOD.read({"mark.0": "0", "mark.1": "0"}, names, RULES)
    with pytest.raises(InvalidCount, match="no_points"):
        METHOD.read({"mark.0": "1"}, names, ElectionSettings())
