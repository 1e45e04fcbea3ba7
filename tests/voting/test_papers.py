import pytest

from intranet.voting.papers import Paper, PaperState, spoil_incomplete, turnout, valid_papers
from intranet.voting.types import InvalidCount
from tests.voting.rankings import BLANK, SPOILED, ranked


def test_t15_blank_spoiled_and_not_voted_are_three_numbers() -> None:
    counted = turnout([*ranked("3 A"), BLANK, SPOILED, SPOILED], 9)
    assert (counted.valid, counted.blank, counted.spoiled, counted.not_voted) == (3, 1, 2, 3)
    assert counted.cast == 6


def test_more_ballots_than_people_cannot_be_counted() -> None:
    with pytest.raises(InvalidCount, match="more_ballots_than_people"):
        turnout(ranked("3 A"), 2)


def test_a_ballot_says_something_or_is_marked_otherwise() -> None:
    for marks, state in (({}, PaperState.VALID), ({"A": 1}, PaperState.BLANK)):
        with pytest.raises(InvalidCount, match="marks_and_state"):
            Paper(marks, state)
    with pytest.raises(InvalidCount, match="no_copies"):
        Paper({"A": 1}, copies=0)


def test_the_marks_of_a_ballot_cannot_change() -> None:
    marks = {"A": 1}
    paper = Paper(marks)
    marks["B"] = 2
    assert paper.marks == {"A": 1}


def test_an_incomplete_ballot_is_spoiled_where_the_rule_says_so() -> None:
    box = spoil_incomplete([*ranked("2 A > B", "3 A"), BLANK], ["A", "B"])
    assert [(one.state.value, one.copies) for one in box] == [
        ("valid", 2),
        ("spoiled", 3),
        ("blank", 1),
    ]


def test_a_ballot_for_a_stranger_is_refused() -> None:
    assert valid_papers([BLANK, *ranked("1 A")], ["A"]) == tuple(ranked("1 A"))
    with pytest.raises(InvalidCount, match="not_a_candidate"):
        valid_papers(ranked("1 Z"), ["A"])
