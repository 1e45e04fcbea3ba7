import pytest

from intranet.voting.election import ElectionSettings, Unmarked
from intranet.voting.papers import Paper, PaperState
from intranet.voting.ranking_form import read_ranks
from intranet.voting.types import ChoiceProblem, InvalidChoice

NAMES = ["Ann", "Bo", "Cy"]


def read(*ranks: str, unmarked: Unmarked = Unmarked.LAST, equal: bool = True, **more: str) -> Paper:
    raw = {f"mark.{number}": rank for number, rank in enumerate(ranks)} | more
    return read_ranks(raw, NAMES, ElectionSettings(unmarked=unmarked), equal)


def problem(*ranks: str, **rules: object) -> ChoiceProblem:
    with pytest.raises(InvalidChoice) as refused:
        read(*ranks, **rules)  # type: ignore[arg-type]
    return refused.value.code


def test_ranks_are_read_in_the_order_of_the_candidates() -> None:
    assert read("2", "", "1", reason=" by\x00cause ") == Paper(
        {"Ann": 2, "Cy": 1}, reason="bycause"
    )


def test_t17_a_blank_ballot_is_ticked_and_an_empty_form_is_refused() -> None:
    assert read("", "", "", blank="1").state is PaperState.BLANK
    assert problem("", "", "") is ChoiceProblem.MISSING
    assert problem() is ChoiceProblem.MISSING
    assert problem("1", blank="1") is ChoiceProblem.BLANK_WITH_MARKS


@pytest.mark.parametrize("rank", ["1", "3"])
def test_t17_a_ballot_with_everybody_at_the_same_rank_is_refused(rank: str) -> None:
    assert problem(rank, rank, rank) is ChoiceProblem.SAYS_NOTHING
    assert read("1", "", "").marks == {"Ann": 1}
    assert problem("1", "", "", unmarked=Unmarked.UNCOMPARED) is ChoiceProblem.SAYS_NOTHING


def test_equal_ranks_are_refused_where_the_count_cannot_read_them() -> None:
    assert read("1", "1", "2").marks == {"Ann": 1, "Bo": 1, "Cy": 2}
    assert problem("1", "1", "2", equal=False) is ChoiceProblem.RANK_REPEATED


def test_everybody_must_be_ranked_where_the_rule_says_so() -> None:
    assert problem("1", "2", "", unmarked=Unmarked.REJECT) is ChoiceProblem.INCOMPLETE


@pytest.mark.parametrize("rank", ["0", "4", "-1", "1.0", "first", " 1", "²"])
def test_a_rank_is_a_number_of_the_list(rank: str) -> None:
    assert problem(rank, "2") is ChoiceProblem.UNKNOWN


def test_the_only_candidate_can_be_ranked() -> None:
    assert read_ranks({"mark.0": "1"}, ["Ann"], ElectionSettings()).marks == {"Ann": 1}
