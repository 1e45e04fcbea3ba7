import pytest

from intranet.voting.election import Unmarked
from intranet.voting.pairwise import (
    levels,
    pairwise,
    smallest_dominant,
    strongest_chains,
    winner_of_all,
)
from tests.voting.rankings import CYCLE, FORTY_FIVE, ranked

NAMES = ("A", "B", "C", "D")


def test_only_the_order_of_the_ranks_counts() -> None:
    box = [*ranked("2 A > B"), *ranked("1 A > B > C")]
    spread = levels(box)
    assert spread[("A",), ("B",)] == 2
    assert levels([ranked("1 B")[0]]) == {(("B",),): 1}


@pytest.mark.parametrize(
    ("unmarked", "a_b", "b_d", "d_b"),
    [(Unmarked.LAST, 3, 2, 0), (Unmarked.UNCOMPARED, 1, 0, 0), (Unmarked.REJECT, 1, 0, 0)],
)
def test_each_reading_of_no_mark(unmarked: Unmarked, a_b: int, b_d: int, d_b: int) -> None:
    box = levels(ranked("1 A > B = C", "2 A", "1 B"))
    pairs = pairwise(box, NAMES, unmarked)
    assert (pairs["A", "B"], pairs["B", "D"], pairs["D", "B"]) == (a_b, b_d, d_b)
    assert pairs["B", "C"] == (1 if unmarked is Unmarked.LAST else 0)


def test_the_strongest_chains_of_schulzes_example() -> None:
    names = ("A", "B", "C", "D", "E")
    chains = strongest_chains(pairwise(levels(FORTY_FIVE), names, Unmarked.LAST), names)
    table = [[chains[one, other] for other in names if other != one] for one in names]
    assert table == [
        [28, 28, 30, 24],
        [25, 28, 33, 24],
        [25, 29, 29, 24],
        [25, 28, 28, 24],
        [25, 28, 28, 31],
    ]


def test_the_smallest_group_that_beats_everyone_else() -> None:
    box = levels([*CYCLE, *ranked("1 A > B > C > D")])
    pairs = pairwise(box, NAMES, Unmarked.LAST)
    assert smallest_dominant(pairs, NAMES) == ("A", "B", "C")
    assert winner_of_all(pairs, NAMES) == ""
