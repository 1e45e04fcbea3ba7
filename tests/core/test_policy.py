"""Verdicts say yes, or no with a reason."""

from __future__ import annotations

import pytest
from flask import Flask

from intranet.core.actor import ANONYMOUS, SYSTEM, Actor
from intranet.core.policy import YES, Invalid, Refused, Verdict, first_refusal, no
from intranet.core.transaction import Reader
from tests.cast import acting


def test_a_refusal_is_false_and_keeps_its_values() -> None:
    verdict = no("polls.closed", at="noon")
    assert not verdict
    assert YES
    assert (verdict.reason, verdict.values) == ("polls.closed", {"at": "noon"})


def test_the_first_refusal_counts() -> None:
    assert first_refusal(YES, no("a"), no("b")).reason == "a"
    assert first_refusal(YES, YES) is YES
    assert first_refusal() is YES


def test_an_actor_has_the_rights_given_and_the_system_all() -> None:
    assert Actor(1, rights=frozenset({"vote"})).has("vote")
    assert not Actor(1).has("vote")
    assert not ANONYMOUS.has("read")
    assert SYSTEM.has("anything")
    assert not SYSTEM.is_known


def test_invalid_input_names_its_fields() -> None:
    wrong = Invalid(name="members.name_length", email="auth.not_an_address")
    assert wrong.errors == {"name": "members.name_length", "email": "auth.not_an_address"}


def test_require_passes_the_subject_and_raises_the_reason(app: Flask) -> None:
    def may_enter_twice(_reader: Reader, first: int, second: int) -> Verdict:
        """Whoever brings two equal numbers."""
        return YES if first == second else no("test.not_equal", first=first)

    with acting(None) as tx:
        tx.require(may_enter_twice, 2, 2)
        with pytest.raises(Refused) as refusal:
            tx.require(may_enter_twice, 2, 3)
    assert refusal.value.verdict.values == {"first": 2}
