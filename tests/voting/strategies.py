"""Generated settings and electorates, for every method."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import strategies as st

from intranet.voting.settings import Settings
from intranet.voting.types import Base, Electorate, Silence, TieRule

HALF = Fraction(1, 2)
EVERY_SHARE = sorted(
    {Fraction(part, whole) for whole in range(1, 101) for part in range(whole + 1)}
)


def between(least: Fraction, most: Fraction) -> st.SearchStrategy[Fraction]:
    """The shares between these, of a hundred parts at most: one draw, where fractions() is many."""
    return st.sampled_from([share for share in EVERY_SHARE if least <= share <= most])


SHARES = between(Fraction(1, 100), Fraction(1))
MAJORITIES = between(HALF, Fraction(99, 100))
OVERRIDES = between(Fraction(51, 100), Fraction(1))

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
