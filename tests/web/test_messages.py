"""Numbers of a count as members read them."""

from __future__ import annotations

import pytest
from flask import Flask

from intranet.web import messages


@pytest.mark.parametrize(
    ("exact", "french", "is_cut"),
    [
        ("3.00000", "3", False),
        ("22.5", "22,5", False),
        ("1412.45570", "1412,46", True),
        ("0.00100", "0,001", False),
        ("10/3", "10/3", False),
        ("120", "120", False),
    ],
)
def test_a_number_has_two_decimals_at_most(
    app: Flask, exact: str, french: str, is_cut: bool
) -> None:
    with app.test_request_context("/", headers={"Accept-Language": "fr"}):
        assert messages.rounded(exact) == french
    assert messages.is_cut(exact) is is_cut


def test_a_sentence_keeps_every_digit_unless_told_otherwise(app: Flask) -> None:
    values = {"round": 1, "candidate": "Ada", "score": "3.14159", "quota": "3.00001"}
    with app.test_request_context("/"):
        assert "14159" in messages.line("round_quota", values)
        assert "14159" not in messages.line("round_quota", values, messages.rounded)
