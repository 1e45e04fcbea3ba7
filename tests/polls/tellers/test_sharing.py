"""Shares: enough of them give the secret, fewer tell nothing. Pure."""

from __future__ import annotations

from collections import Counter
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from intranet.polls.tellers import sharing

SECRETS = st.binary(min_size=1, max_size=40)


@given(SECRETS, st.integers(1, 5), st.integers(0, 3))
@settings(max_examples=40, deadline=None)
def test_any_shares_that_are_enough_give_the_secret(secret: bytes, needed: int, more: int) -> None:
    shares = sharing.split(secret, needed, needed + more)
    assert sorted(shares) == list(range(1, needed + more + 1))
    for chosen in combinations(shares, needed):
        assert sharing.join({number: shares[number] for number in chosen}) == secret
    assert sharing.join(shares) == secret


def test_the_field_is_that_of_aes() -> None:
    """FIPS 197, section 4.2: {57} times {83} is {c1}, and {57} times {13} is {fe}."""
    assert sharing._times(0x57, 0x83) == 0xC1
    assert sharing._times(0x57, 0x13) == 0xFE
    assert all(sharing._times(a, sharing._inverse(a)) == 1 for a in range(1, 256))


def test_one_share_of_two_tells_nothing() -> None:
    """Whatever the secret, each value of a share is as likely: here each occurs, for each."""
    for secret in (0, 1, 255):
        lines = [sharing._at([secret, slope], 1) for slope in range(256)]
        assert Counter(lines) == Counter(range(256))


@given(st.binary(min_size=16, max_size=16))
@settings(max_examples=20, deadline=None)
def test_too_few_shares_give_something_else(secret: bytes) -> None:
    shares = sharing.split(secret, 3, 3)
    assert sharing.join({1: shares[1], 2: shares[2]}) != secret


@pytest.mark.parametrize(("needed", "made"), [(0, 3), (4, 3), (2, 256)])
def test_numbers_that_make_no_sense_are_refused(needed: int, made: int) -> None:
    with pytest.raises(ValueError, match="shares"):
        sharing.split(b"secret", needed, made)


@pytest.mark.parametrize("shares", [{}, {1: b"ab", 2: b"a"}, {0: b"ab"}, {256: b"ab"}])
def test_what_is_no_set_of_shares_is_refused(shares: dict[int, bytes]) -> None:
    with pytest.raises(ValueError, match="shares"):
        sharing.join(shares)
