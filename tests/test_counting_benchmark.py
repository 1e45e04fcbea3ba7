"""The benchmark of the counts sees a method that grows faster than it promises."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.counting import SIZES, Timed, table
from benchmarks.run import written_by_hand


def timed(power: float, slowest: float = 1.0) -> Timed:
    """A method whose time grows with this power of the ballots."""
    return Timed("any", "text", tuple(slowest * (size / SIZES[-1]) ** power for size in SIZES))


@pytest.mark.parametrize(("power", "too_fast"), [(0.5, False), (1, False), (1.1, False), (2, True)])
def test_time_may_grow_no_faster_than_the_ballots(power: float, too_fast: bool) -> None:
    assert round(timed(power).order, 6) == power
    assert timed(power).grows_too_fast is too_fast


def test_the_table_holds_the_measured_order_beside_the_promised_one() -> None:
    assert "| 0.0625 | 0.2500 | 1.0000 | 2.00 | 1 |" in table([timed(2)])


def test_what_people_wrote_below_the_figures_outlives_a_new_run(tmp_path: Path) -> None:
    page = tmp_path / "benchmarks.md"
    assert written_by_hand(page) == ""
    page.write_text("# Benchmarks\n\n| 1 |\n\n## What these figures say\n\nA word.\n")
    assert written_by_hand(page) == "\n## What these figures say\n\nA word.\n"
