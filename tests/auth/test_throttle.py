"""Guessing is slowed down by address and by place, and never for long."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from flask import Flask

from intranet.auth import throttle
from intranet.core import clock
from intranet.core.actor import SYSTEM
from intranet.core.transaction import reader
from tests.cast import acting

KEYS = throttle.keys("amel@example.org", "192.0.2.1")


def count(times: int, keys: tuple[str, ...] = KEYS) -> None:
    for _ in range(times):
        with acting(None) as tx:
            throttle.count(tx, keys)


def wait(keys: tuple[str, ...] = KEYS) -> int:
    look = reader(SYSTEM)
    seconds = throttle.seconds_to_wait(look, keys)
    look.session.rollback()
    return seconds


def test_nine_failures_are_forgiven_and_ten_are_not(app: Flask) -> None:
    count(9)
    assert wait() == 0
    count(1)
    assert 55 <= wait() <= 60


def test_a_minute_later_everybody_is_heard_again(app: Flask) -> None:
    count(10)
    with time_machine.travel(clock.now() + timedelta(seconds=61)):
        assert wait() == 0
        count(1)
        assert wait() == 0


def test_one_full_key_is_enough(app: Flask) -> None:
    count(10, throttle.keys("amel@example.org", "192.0.2.9"))
    assert wait(throttle.keys("amel@example.org", "192.0.2.1")) > 0
    assert wait(throttle.keys("bruno@example.org", "192.0.2.9")) > 0
    assert wait(throttle.keys("bruno@example.org", "192.0.2.1")) == 0


def test_an_attempt_that_was_right_does_not_count(app: Flask) -> None:
    for _ in range(30):
        with acting(None) as tx:
            throttle.count(tx, KEYS)
        with acting(None) as tx:
            throttle.take_back(tx, KEYS)
    assert wait() == 0


def test_addresses_are_not_kept(app: Flask) -> None:
    assert not any("amel" in key or "192" in key for key in KEYS)


def test_the_spelling_of_an_address_does_not_matter() -> None:
    assert throttle.keys(" AMEL@example.org", "x") == throttle.keys("amel@example.org ", "x")


@pytest.mark.parametrize(
    ("address", "place"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        (None, "unknown"),
        ("not an address", "unknown"),
    ],
)
def test_a_place_is_what_one_household_shares(address: str | None, place: str) -> None:
    assert throttle.place(address) == place
