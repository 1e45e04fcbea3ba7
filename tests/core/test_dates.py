from datetime import date

import pytest

from intranet.core.dates import parse_date


@pytest.mark.parametrize(
    "text", ["22/01/2021", " 22/1/2021 ", "22.01.2021", "22-01-2021", "2021-01-22"]
)
def test_dates_are_read_day_first_or_iso(text: str) -> None:
    assert parse_date(text) == date(2021, 1, 22)


def test_a_time_after_the_date_is_ignored() -> None:
    assert parse_date("2021-01-22T10:00:00Z") == date(2021, 1, 22)


@pytest.mark.parametrize(
    "text", ["", "31/02/2021", "01/13/2021", "2021", "hier", "99999999/1/2021"]
)
def test_what_is_no_date_is_none(text: str) -> None:
    assert parse_date(text) is None
