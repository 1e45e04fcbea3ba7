"""Codes of a second factor, without a database."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pyotp
import pytest

from intranet.auth.second_factor import codes

SECRET, SALT = "s" * 40, "salt"
NOW = datetime(2026, 11, 22, 12, 0, 10, tzinfo=UTC)


def shown(at: datetime, secret: str = SECRET) -> str:
    return pyotp.TOTP(codes.seed(secret, SALT)).at(at)


@pytest.mark.parametrize(("seconds", "heard"), [(0, True), (-30, True), (30, True), (-90, False)])
def test_a_code_is_heard_for_a_step_on_either_side(seconds: int, heard: bool) -> None:
    code = shown(NOW + timedelta(seconds=seconds))
    assert (codes.step_of(SECRET, SALT, code, NOW, 0) is not None) is heard


def test_a_code_is_heard_once() -> None:
    step = codes.step_of(SECRET, SALT, shown(NOW), NOW, 0)
    assert step is not None
    assert codes.step_of(SECRET, SALT, shown(NOW), NOW, step) is None


def test_a_copy_of_the_database_gives_no_code() -> None:
    assert codes.step_of(SECRET, SALT, shown(NOW, "another secret"), NOW, 0) is None


@pytest.mark.parametrize("typed", ["", "abc", "٠١٢٣٤٥", "0" * 500])
def test_what_is_no_code_is_refused_calmly(typed: str) -> None:
    assert codes.step_of(SECRET, SALT, typed, NOW, 0) is None


def test_recovery_codes_differ_and_fit_however_they_are_typed() -> None:
    made = codes.recovery_codes()
    assert len(set(made)) == 10
    typed = made[0].upper().replace("-", " ")
    assert codes.recovery_digest(typed) == codes.recovery_digest(made[0])
