"""The arithmetic that a cooperative checks by hand, line by line.

The statutes of the table ask, in an ordinary meeting, for more than half of all members first, then
of those present or represented; in an extraordinary one, for a quorum of three quarters then one
half, and three quarters of those present or represented.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from importlib.util import find_spec

import pytest

from intranet.voting.external_voices import reduced
from intranet.voting.proxies import proxy_cap
from intranet.voting.quorum import quorum_needed, votes_needed
from intranet.voting.registry import method
from intranet.voting.settings import Settings
from intranet.voting.types import Base, Electorate, Result, Silence
from tests.voting.boxes import box

HALF, TWO_THIRDS, THREE_QUARTERS = Fraction(1, 2), Fraction(2, 3), Fraction(3, 4)
ADOPTED, REJECTED = Result.ADOPTED, Result.REJECTED


@dataclass(frozen=True)
class Row:
    """One vote of the table: how it was counted, what was in the box, what is expected.

    said: a line that the result must hold, when the table asks for more than a verdict.
    """

    case: str
    counted_by: str
    settings: Settings
    electorate: Electorate
    counts: Mapping[str, int]
    result: Result
    needed: int
    said: str = ""
    kept: Mapping[str, int] = field(default_factory=dict)


ALL, PRESENT, CAST = (Settings(base=base) for base in Base)
EXTRAORDINARY = Settings(base=Base.PRESENT_OR_REPRESENTED, threshold=THREE_QUARTERS, strict=False)
AT_LEAST_TWO_THIRDS = Settings(threshold=TWO_THIRDS, strict=False)
SECOND = {"votes_for": 2, "against": 1, "abstain": 2}

VOTES = (
    Row(
        "ordinary, first, 7 members: 4 for",
        "absolute_majority", ALL, Electorate(7), {"votes_for": 4}, ADOPTED, 4,
    ),
    Row(
        "ordinary, first, 8 members: 4 for, 4 absent",
        "absolute_majority", ALL, Electorate(8), {"votes_for": 4}, REJECTED, 5,
    ),
    Row(
        "ordinary, second, 5 of 8 present: base present or represented",
        "absolute_majority", PRESENT, Electorate(8, 5), SECOND, REJECTED, 3,
    ),
    Row(
        "ordinary, second, 5 of 8 present: base votes cast",
        "absolute_majority", CAST, Electorate(8, 5), SECOND, ADOPTED, 2,
    ),
    Row(
        "extraordinary, 6 present: 5 for",
        "qualified_majority", EXTRAORDINARY, Electorate(7, 6), {"votes_for": 5}, ADOPTED, 5,
    ),
    Row(
        "extraordinary, 6 present: 4 for",
        "qualified_majority", EXTRAORDINARY, Electorate(7, 6), {"votes_for": 4}, REJECTED, 5,
    ),
    Row(
        "extraordinary, 8 present: 6 for, exactly three quarters",
        "qualified_majority", EXTRAORDINARY, Electorate(8, 8), {"votes_for": 6}, ADOPTED, 6,
    ),
    Row(
        "two thirds of 9",
        "qualified_majority", AT_LEAST_TWO_THIRDS, Electorate(9),
        {"votes_for": 6, "against": 3}, ADOPTED, 6,
    ),
    Row(
        "two thirds of 10",
        "qualified_majority", AT_LEAST_TWO_THIRDS, Electorate(10),
        {"votes_for": 6, "against": 4}, REJECTED, 7,
    ),
    Row(
        "consent, 6 people: 5 consent, 1 objection lifted",
        "consent", Settings(), Electorate(6), {"consent": 5, "objection_lifted": 1}, ADOPTED, 1,
        said="objections_lifted", kept={"objection_lifted": 1},
    ),
    Row(
        "consent, 6 people: 4 consent, 2 silent, silence adopts",
        "consent", Settings(silence=Silence.ADOPTED), Electorate(6), {"consent": 4}, ADOPTED, 1,
        said="silence_counts_in_favour", kept={"not_voted": 2},
    ),
    Row(
        "consent, 6 people: 4 consent, 2 silent, everybody must answer",
        "consent", Settings(quorum=Fraction(1)), Electorate(6), {"consent": 4},
        Result.NO_QUORUM, 1, said="quorum_missed", kept={"not_voted": 2},
    ),
    Row(
        "consent, 6 people: 4 consent, 2 silent, silence is not counted",
        "consent", Settings(), Electorate(6), {"consent": 4}, ADOPTED, 1,
        said="silence_not_counted", kept={"not_voted": 2},
    ),
)  # fmt: skip


@pytest.mark.parametrize("row", VOTES, ids=lambda row: row.case)
def test_each_vote_of_the_table_comes_out_as_it_says(row: Row) -> None:
    outcome = method(row.counted_by).tally(box(**row.counts), row.electorate, row.settings)
    assert (outcome.result, outcome.needed) == (row.result, row.needed)
    assert not row.said or row.said in [line.code for line in outcome.lines]
    assert {name: outcome.counts[name] for name in row.kept} == row.kept


@pytest.mark.parametrize(
    ("members", "proxies"),
    [(2, 1), (7, 1), (19, 1), (20, 1), (39, 1), (40, 2), (60, 3), (100, 5)],
)
def test_each_number_of_proxies_of_the_table(members: int, proxies: int) -> None:
    assert proxy_cap(members) == proxies


@pytest.mark.parametrize(("share", "people"), [(THREE_QUARTERS, 6), (HALF, 4)])
def test_each_quorum_of_the_table_for_seven_members(share: Fraction, people: int) -> None:
    assert quorum_needed(share, 7) == people


@pytest.mark.parametrize(
    ("share", "strict", "people", "votes"),
    [
        (HALF, True, 7, 4),
        (HALF, True, 8, 5),
        (THREE_QUARTERS, False, 6, 5),
        (THREE_QUARTERS, False, 8, 6),
        (TWO_THIRDS, False, 9, 6),
        (TWO_THIRDS, False, 10, 7),
    ],
)
def test_each_threshold_of_the_table(
    share: Fraction, strict: bool, people: int, votes: int
) -> None:
    assert votes_needed(share, strict, people) == votes


def test_of_ten_members_three_external_ones_are_the_most_with_full_voices() -> None:
    assert reduced(7, 3) is None
    four = reduced(6, 4)
    assert four is not None
    assert Fraction(4 * four.part, four.registered) == Fraction(35, 100)


@dataclass(frozen=True)
class Elsewhere:
    """A row whose arithmetic the product does not do: what is expected, why it cannot arise here,
    and the room that would do it."""

    expected: str
    why: str
    room: str


DATES = "No meeting is convened with this product: the day of a meeting is nowhere in its data."
SHARES = "No result is shared out with this product: a key is decided, and applied by accountants."

IN_THIS_FILE = {
    "proxies a person may hold": test_each_number_of_proxies_of_the_table,
    "ordinary, 1st, 7 members": test_each_vote_of_the_table_comes_out_as_it_says,
    "ordinary, 1st, 8 members": test_each_vote_of_the_table_comes_out_as_it_says,
    "ordinary, 2nd, 5 of 8": test_each_vote_of_the_table_comes_out_as_it_says,
    "extraordinary, quorum of 7": test_each_quorum_of_the_table_for_seven_members,
    "extraordinary, 6 present": test_each_threshold_of_the_table,
    "extraordinary, 8 present": test_each_threshold_of_the_table,
    "two thirds of 9, of 10": test_each_threshold_of_the_table,
    "external members among 10": (
        test_of_ten_members_three_external_ones_are_the_most_with_full_voices
    ),
    "consent, 1 objection lifted": test_each_vote_of_the_table_comes_out_as_it_says,
    "consent, 2 silent": test_each_vote_of_the_table_comes_out_as_it_says,
}
ELSEWHERE = {
    "notice for a meeting on 30 June": Elsewhere("15 June", DATES, "meetings"),
    "e-mail agreement for that meeting": Elsewhere("10 June", DATES, "meetings"),
    "members' resolutions for that meeting": Elsewhere("15 to 25 June", DATES, "meetings"),
    "wealth, 100 000 by 40/50/10": Elsewhere(
        "labour 50 000.00, capital 10 000.00, the odd cent to the largest remainder",
        SHARES,
        "wealth",
    ),
    "key 30 / 20 / 50": Elsewhere("refused: labour under 25 %", SHARES, "wealth"),
}


def test_each_of_the_sixteen_rows_is_counted_here_or_cannot_arise() -> None:
    assert len(IN_THIS_FILE) + len(ELSEWHERE) == 16
    assert not IN_THIS_FILE.keys() & ELSEWHERE.keys()


@pytest.mark.parametrize("row", ELSEWHERE)
def test_a_row_that_cannot_arise_comes_in_on_the_day_its_room_is_built(row: str) -> None:
    assert find_spec(f"intranet.{ELSEWHERE[row].room}") is None, f"test it: {ELSEWHERE[row]}"
