import pytest

from intranet.voting.election import ElectionSettings, Unmarked, Verdict
from intranet.voting.methods.score import METHOD
from intranet.voting.papers import Paper
from intranet.voting.types import InvalidChoice, InvalidCount
from tests.voting.rankings import counted, said

BOX = [
    Paper({"A": 5, "B": 4}, copies=3),
    Paper({"B": 3, "C": 5}, copies=2),
    Paper({"A": 0, "C": 1}),
]


def test_scores_are_added_and_shown_beside_the_people_who_gave_them() -> None:
    ranking = counted("score", BOX, highest=5)
    assert ranking.order == (("B",), ("A",), ("C",))
    assert said(ranking, "total")[0] == {
        "place": 1,
        "candidate": "B",
        "total": 18,
        "votes": 5,
        "valid": 6,
    }
    assert said(ranking, "scores_rule") == [{"highest": 5, "possible": 30}]


def test_a_missing_score_is_nought_or_spoils_the_ballot_as_the_vote_says() -> None:
    assert counted("score", BOX, highest=5).turnout.spoiled == 0
    strict = counted("score", BOX, highest=5, unmarked=Unmarked.REJECT)
    assert strict.turnout.spoiled == 6
    with pytest.raises(InvalidCount, match="unmarked_cannot_be_left_out"):
        counted("score", BOX, highest=5, unmarked=Unmarked.UNCOMPARED)
    with pytest.raises(InvalidChoice, match="incomplete"):
        METHOD.read(
            {"mark.0": "3"}, ["A", "B"], ElectionSettings(highest=5, unmarked=Unmarked.REJECT)
        )


def test_nought_everywhere_is_a_valid_ballot() -> None:
    rules = ElectionSettings(highest=5)
    assert METHOD.read({"mark.0": "0", "mark.1": "0"}, ["A", "B"], rules) == Paper({"A": 0, "B": 0})


def test_a_vote_without_a_best_score_or_with_a_better_one_is_refused() -> None:
    with pytest.raises(InvalidCount, match="no_highest_score"):
        counted("score", BOX)
    with pytest.raises(InvalidCount, match="mark_out_of_range"):
        counted("score", BOX, highest=4)


def test_nought_for_everybody_from_everybody_chooses_nobody() -> None:
    ranking = counted("score", [Paper({"A": 0, "B": 0}, copies=3)], highest=5)
    assert (ranking.verdict, ranking.elected, ranking.tied) == (Verdict.NOBODY, (), ())
