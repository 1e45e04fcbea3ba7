import pytest

from intranet.voting.seats import Seats, by_draw, fill_seats, grouped

ORDER = (("A",), ("B", "C"), ("D",))


@pytest.mark.parametrize(
    ("seats", "filled"),
    [
        (1, Seats(("A",))),
        (2, Seats(("A",), tied=("B", "C"), left=1)),
        (3, Seats(("A", "B", "C"))),
        (4, Seats(("A", "B", "C", "D"))),
        (9, Seats(("A", "B", "C", "D"))),
    ],
)
def test_whole_groups_get_seats_as_long_as_they_fit(seats: int, filled: Seats) -> None:
    assert fill_seats(ORDER, seats) == filled


def test_the_draw_separates_only_the_group_that_does_not_fit() -> None:
    draw = ("D", "C", "B", "A")
    assert fill_seats(ORDER, 2, draw) == Seats(("A", "C"), drawn=("C", "B"))
    assert fill_seats(ORDER, 3, draw) == Seats(("A", "B", "C"))


def test_a_draw_must_name_each_of_the_tied() -> None:
    assert by_draw(("B", "C"), ("C", "A")) == ()
    assert by_draw(("B", "C"), ("C", "A", "B")) == ("C", "B")


def test_the_same_score_is_one_group() -> None:
    assert grouped({"B": 2, "A": 2, "C": 5}) == (("C",), ("A", "B"))
