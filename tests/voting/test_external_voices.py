"""All external members together hold at most 35 % of the voices, and each of them the same."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intranet.voting.external_voices import LARGEST_SHARE, from_json, reduced
from intranet.voting.registry import method
from intranet.voting.settings import Settings
from intranet.voting.types import CastBallot, Choice, Electorate, InvalidCount, Result


@pytest.mark.parametrize(("others", "external"), [(7, 0), (13, 7), (2, 1), (0, 0), (65, 35)])
def test_up_to_35_percent_every_voice_counts_in_full(others: int, external: int) -> None:
    assert reduced(others, external) is None


@pytest.mark.parametrize(
    ("others", "external", "voice"),
    [(6, 4, Fraction(21, 26)), (13, 8, Fraction(7, 8)), (1, 1, Fraction(7, 13))],
)
def test_above_35_percent_the_voices_are_reduced_in_proportion(
    others: int, external: int, voice: Fraction
) -> None:
    found = reduced(others, external)
    assert found is not None
    assert (found.voice, found.full, found.part) == (voice, voice.denominator, voice.numerator)


@given(st.integers(1, 300), st.integers(1, 300))
def test_together_they_weigh_35_percent_exactly(others: int, external: int) -> None:
    found = reduced(others, external)
    if found is None:
        assert Fraction(external, others + external) <= LARGEST_SHARE
        return
    assert Fraction(external * found.part, found.registered) == LARGEST_SHARE
    assert 0 < found.part < found.full
    assert from_json(found.to_json()) == found


def test_nobody_beside_them_leaves_nothing_to_count() -> None:
    with pytest.raises(InvalidCount):
        reduced(0, 3)


def test_the_others_decide_what_external_members_alone_would_have_decided() -> None:
    voices = reduced(5, 6)
    assert voices is not None
    said = [(CastBallot(Choice("for")), True)] * 6 + [(CastBallot(Choice("against")), False)] * 5
    ballots = tuple(voices.in_parts(said))
    by_majority = method("simple_majority")
    outcome = by_majority.tally(ballots, Electorate(voices.registered), Settings())
    assert outcome.result is Result.REJECTED
    assert voices.explain(outcome).lines[-1].values == {
        "external": 6,
        "people": 11,
        "full": voices.full,
        "part": voices.part,
    }


def test_three_external_members_of_ten_count_in_full_and_a_fourth_is_too_many() -> None:
    assert reduced(7, 3) is None
    assert reduced(6, 4) is not None
