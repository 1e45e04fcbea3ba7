import pytest

from intranet.voting.election import ElectionSettings, Verdict
from intranet.voting.methods.multiple_choice import METHOD
from intranet.voting.papers import Paper
from intranet.voting.types import Base, InvalidChoice
from tests.voting.rankings import counted, said

BOX = [
    Paper({"A": 1, "B": 1}, copies=6),
    Paper({"A": 1, "C": 1}, copies=3),
    Paper({"B": 1}, copies=1),
]


def test_t14_shares_are_parts_of_the_ballots_and_the_crosses_are_labelled_as_crosses() -> None:
    ranking = counted("multiple_choice", BOX, most_marks=2)
    assert [(one["names"], one["votes"], one["valid"]) for one in said(ranking, "votes")] == [
        ("A", 9, 10),
        ("B", 7, 10),
        ("C", 3, 10),
    ]
    assert said(ranking, "crosses_at_most") == [{"most": 2, "crosses": 19, "valid": 10}]


def test_a_ballot_with_more_names_than_allowed_is_spoiled() -> None:
    ranking = counted("multiple_choice", [*BOX, Paper({"A": 1, "B": 1, "C": 1})], most_marks=2)
    assert (ranking.turnout.valid, ranking.turnout.spoiled) == (10, 1)
    assert ranking.rounds[0].scores == {"A": "9", "B": "7", "C": "3"}


def test_without_a_number_a_ballot_names_as_many_as_there_are_seats() -> None:
    ranking = counted("multiple_choice", BOX)
    assert (ranking.turnout.valid, ranking.turnout.spoiled) == (1, 9)
    assert counted("multiple_choice", BOX, seats=2).elected == ("A", "B")


def test_a_seat_nobody_has_the_majority_for_stays_empty() -> None:
    ranking = counted("multiple_choice", BOX, seats=3, more_than_half_of=Base.CAST)
    assert (ranking.verdict, ranking.elected) == (Verdict.DECIDED, ("A", "B"))
    assert ranking.lines[0].code == "decided_seats_empty"


def test_too_many_ticks_come_back_with_the_reason() -> None:
    ticked = {"mark.0": "1", "mark.1": "1"}
    with pytest.raises(InvalidChoice, match="too_many"):
        METHOD.read(ticked, ["A", "B"], ElectionSettings(most_marks=1))
    assert METHOD.read(ticked, ["A", "B"], ElectionSettings(seats=2)) == Paper({"A": 1, "B": 1})
