from fractions import Fraction

import pytest

from intranet.voting.opening import exact_text


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (3, "3"),
        (Fraction(45, 2), "22.5"),
        (Fraction(943, 20), "47.15"),
        (Fraction(1, 100_000), "0.00001"),
        (Fraction(10, 3), "10/3"),
    ],
)
def test_a_number_is_written_with_nothing_lost(number: Fraction, text: str) -> None:
    assert exact_text(number) == text
