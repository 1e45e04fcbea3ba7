from intranet.voting.election import Unmarked
from tests.voting.rankings import TENNESSEE, counted, ranked


def points(*written: str, **settings: object) -> dict[str, str]:
    return dict(counted("borda", ranked(*written), **settings).rounds[0].scores)  # type: ignore[arg-type]


def test_one_point_for_each_candidate_placed_below() -> None:
    ranking = counted("borda", TENNESSEE)
    assert ranking.rounds[0].scores == {
        "Nashville": "194",
        "Chattanooga": "173",
        "Memphis": "126",
        "Knoxville": "107",
    }
    assert ranking.elected == ("Nashville",)


def test_equal_ranks_share_the_points_of_their_places() -> None:
    assert points("1 A = B > C") == {"A": "1.5", "B": "1.5", "C": "0"}
    assert points("1 A = B = C") == {"A": "1", "B": "1", "C": "1"}


def test_who_is_left_out_is_last_or_gets_nothing_and_gives_nothing() -> None:
    box = ("1 A", "1 B > C > A")
    assert points(*box) == {"A": "2", "B": "2.5", "C": "1.5"}
    assert points(*box, unmarked=Unmarked.UNCOMPARED) == {"B": "2", "C": "1", "A": "0"}


def test_t20_as_many_points_for_the_last_seat_is_a_tie() -> None:
    ranking = counted("borda", ranked("2 A > B > C", "2 A > C > B"), seats=2)
    assert (ranking.elected, ranking.tied) == (("A",), ("B", "C"))
