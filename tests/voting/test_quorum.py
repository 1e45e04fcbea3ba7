from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intranet.voting.quorum import quorum_line, quorum_needed, quorum_of, votes_needed

HALF, TWO_THIRDS, THREE_QUARTERS = Fraction(1, 2), Fraction(2, 3), Fraction(3, 4)
SHARES = st.builds(
    lambda numerator, more: Fraction(numerator, numerator + more),
    st.integers(1, 1000),
    st.integers(0, 1000),
)


@pytest.mark.parametrize(("taken_part", "is_met"), [(0, False), (5, False), (6, True)])
def test_t1_a_quorum_of_sixty_percent_of_ten_is_six(taken_part: int, is_met: bool) -> None:
    assert quorum_of(Fraction(60, 100), 10, taken_part).is_met is is_met


@pytest.mark.parametrize(
    ("registered", "taken_part", "missing"), [(300, 149, 1), (40, 19, 1), (40, 20, 0), (40, 40, 0)]
)
def test_t2_the_missing_number_is_exact(registered: int, taken_part: int, missing: int) -> None:
    assert quorum_of(HALF, registered, taken_part).missing == missing


@pytest.mark.parametrize(
    ("registered", "needed"), [(100, 55), (180, 99), (200, 110), (220, 121), (340, 187), (460, 253)]
)
def test_t3_fifty_five_percent_is_not_rounded_up_by_a_float(registered: int, needed: int) -> None:
    assert quorum_needed(Fraction(55, 100), registered) == needed


@pytest.mark.parametrize(("share", "needed"), [(THREE_QUARTERS, 6), (HALF, 4)])
def test_the_quorum_of_seven_members_on_first_and_second_convocation(
    share: Fraction, needed: int
) -> None:
    assert quorum_needed(share, 7) == needed


def test_without_a_quorum_nobody_has_to_take_part() -> None:
    assert quorum_of(None, 10, 0).is_met
    assert quorum_line(quorum_of(None, 10, 0)).code == "quorum_none"


def test_a_quorum_asks_for_somebody_even_among_nobody() -> None:
    assert not quorum_of(HALF, 0, 0).is_met


def test_the_sentence_says_how_many_are_missing() -> None:
    missed = quorum_line(quorum_of(HALF, 10, 4))
    assert missed.code == "quorum_missed"
    assert missed.values == {
        "taken_part": 4,
        "quorum_needed": 5,
        "registered": 10,
        "missing": 1,
    }
    assert quorum_line(quorum_of(HALF, 10, 5)).code == "quorum_met"


@pytest.mark.parametrize(
    ("threshold", "strict", "base_size", "needed"),
    [
        (HALF, True, 7, 4),
        (HALF, True, 8, 5),
        (HALF, True, 5, 3),
        (HALF, True, 10, 6),
        (HALF, False, 10, 5),
        (THREE_QUARTERS, False, 6, 5),
        (THREE_QUARTERS, False, 8, 6),
        (TWO_THIRDS, False, 3, 2),
        (TWO_THIRDS, True, 3, 3),
        (TWO_THIRDS, False, 6, 4),
        (TWO_THIRDS, False, 9, 6),
        (TWO_THIRDS, False, 10, 7),
        (Fraction(1), False, 10, 10),
        (HALF, False, 0, 1),
        (HALF, True, 0, 1),
    ],
)
def test_votes_needed(threshold: Fraction, strict: bool, base_size: int, needed: int) -> None:
    assert votes_needed(threshold, strict, base_size) == needed


@given(SHARES, st.booleans(), st.integers(1, 10**6))
def test_votes_needed_is_the_smallest_number_that_reaches_the_threshold(
    threshold: Fraction, strict: bool, base_size: int
) -> None:
    def reaches(votes: int) -> bool:
        part = Fraction(votes, base_size)
        return part > threshold if strict else part >= threshold

    needed = votes_needed(threshold, strict, base_size)
    assert reaches(needed)
    assert not reaches(needed - 1)


@given(SHARES, st.integers(1, 10**6))
def test_a_quorum_can_always_be_reached(share: Fraction, registered: int) -> None:
    needed = quorum_needed(share, registered)
    assert 1 <= needed <= registered
    assert Fraction(needed, registered) >= share > Fraction(needed - 1, registered)
