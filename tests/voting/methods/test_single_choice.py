import pytest

from intranet.voting.election import ElectionSettings, Verdict
from intranet.voting.methods.single_choice import METHOD
from intranet.voting.papers import Paper, PaperState
from intranet.voting.types import Base, InvalidChoice
from tests.voting.rankings import BLANK, counted, said

NAMES = ["A", "B", "C", "D", "E"]


def crosses(**copies: int) -> list[Paper]:
    """So many ballots for each name."""
    return [Paper({name: 1}, copies=number) for name, number in copies.items()]


T20 = crosses(A=10, B=8, C=5, D=5, E=3)


def test_t20_a_tie_for_the_last_seat_is_shown_and_nobody_of_it_is_elected() -> None:
    for box, names in ((T20, NAMES), (T20[::-1], NAMES[::-1])):
        ranking = counted("single_choice", box, names, seats=3)
        assert (ranking.verdict, ranking.elected) == (Verdict.TIED, ("A", "B"))
        assert ranking.tied == ("C", "D")
        assert ranking.order == (("A",), ("B",), ("C", "D"), ("E",))
        assert ranking.lines[0].values == {"elected": "A, B", "tied": "C, D", "left": 1}


def test_t20_a_recorded_draw_settles_it_and_says_so() -> None:
    ranking = counted("single_choice", T20, NAMES, seats=3, tie_break=("D", "E", "A", "B", "C"))
    assert (ranking.verdict, ranking.elected) == (Verdict.DECIDED, ("A", "B", "D"))
    assert said(ranking, "draw_separates") == [{"names": "D, C"}]


def test_a_ballot_with_two_names_is_spoiled_and_counted_as_such() -> None:
    box = [*crosses(A=2), Paper({"A": 1, "B": 1}), BLANK]
    ranking = counted("single_choice", box, ["A", "B"], registered=6)
    turnout = ranking.turnout
    assert (turnout.valid, turnout.blank, turnout.spoiled, turnout.not_voted) == (2, 1, 1, 2)
    assert said(ranking, "votes")[0] == {"place": 1, "names": "A", "votes": 2, "valid": 2}


@pytest.mark.parametrize(
    ("base", "size", "verdict"),
    [
        (Base.CAST, 7, Verdict.DECIDED),
        (Base.PRESENT_OR_REPRESENTED, 8, Verdict.NOBODY),
        (Base.REGISTERED, 12, Verdict.NOBODY),
    ],
)
def test_an_absolute_majority_in_the_first_round_is_of_the_base_of_the_rule(
    base: Base, size: int, verdict: Verdict
) -> None:
    box = [*crosses(A=4, B=2, C=1), BLANK]
    ranking = counted("single_choice", box, ["A", "B", "C"], 12, more_than_half_of=base)
    assert ranking.verdict is verdict
    assert said(ranking, "seat_needs_majority")[0]["base_size"] == size
    if verdict is Verdict.NOBODY:
        assert ranking.elected == ()
        assert ranking.lines[0].code == "nobody_has_majority"
        assert ranking.lines[0].values["names"] == "A, B"


def test_the_second_round_is_between_the_first_two_and_whoever_equals_the_second() -> None:
    box = crosses(A=4, B=2, C=2, D=1)
    ranking = counted("single_choice", box, more_than_half_of=Base.CAST)
    assert ranking.lines[0].values["names"] == "A, B, C"


def test_none_of_these_in_front_chooses_nobody() -> None:
    box = crosses(A=2, nobody=3)
    ranking = counted("single_choice", box, default_option="nobody")
    assert (ranking.verdict, ranking.elected) == (Verdict.NOBODY, ("nobody",))


def test_a_form_where_one_is_picked_needs_no_script() -> None:
    names, rules = ["Ada", "Bo"], ElectionSettings()
    assert METHOD.read({"mark": "1"}, names, rules) == Paper({"Bo": 1})
    assert METHOD.read({"mark": "blank"}, names, rules).state is PaperState.BLANK
    wrong = ({"mark": "2"}, {"mark": "Ada"}, {"mark": ""}, {"mark": "0", "blank": "1"})
    for raw in (*wrong, {"mark.0": "1", "mark.1": "1"}):
        with pytest.raises(InvalidChoice):
            METHOD.read(raw, names, rules)
