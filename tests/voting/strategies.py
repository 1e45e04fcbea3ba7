"""Generated settings and electorates, for every method."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import strategies as st

from intranet.voting.settings import Settings
from intranet.voting.types import Base, Electorate, Silence, TieRule

HALF = Fraction(1, 2)
SHARES = st.fractions(min_value=Fraction(1, 100), max_value=1, max_denominator=100)
MAJORITIES = st.fractions(min_value=HALF, max_value=Fraction(99, 100), max_denominator=100)
OVERRIDES = st.fractions(min_value=Fraction(51, 100), max_value=1, max_denominator=100)

SETTINGS = st.builds(
    Settings,
    base=st.sampled_from(Base),
    threshold=st.one_of(st.sampled_from([HALF, Fraction(2, 3), Fraction(3, 4)]), MAJORITIES),
    strict=st.booleans(),
    quorum=st.none() | SHARES,
    tie=st.sampled_from(TieRule),
    silence=st.sampled_from(Silence),
    objection_override=st.none() | OVERRIDES,
    blank_counts=st.booleans(),
    lowest_block=st.booleans(),
)


@st.composite
def electorates(draw: st.DrawFn, ballots: int) -> Electorate:
    """An electorate that can hold so many ballots, in a meeting or not."""
    registered = ballots + draw(st.integers(0, 8))
    present = draw(st.none() | st.integers(ballots, registered))
    return Electorate(registered, present)
