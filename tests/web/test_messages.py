"""Numbers of a count as members read them."""

from __future__ import annotations

import re

import pytest
from flask import Flask
from flask_babel import force_locale
from flask_babel.speaklater import LazyString

from intranet.web import messages
from intranet.web.words import choosing, elections


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


# Their own words: names are gathered of people only, and a draw is announced before its options.
OF_PEOPLE = {"named_round", "named_change", "decided_by_consent", "nobody_without_consent"}
PEOPLE_WORDS = re.compile(r"\b([Ee]lected|[Ss]eats?|[Cc]andidates?|[Nn]obody)\b")


def said_of_people(sentence: LazyString) -> bool:
    return bool(PEOPLE_WORDS.search(re.sub(r"%\(\w+\)s", "", str(sentence))))


def test_no_option_is_a_candidate_elected_to_a_seat(app: Flask) -> None:
    with app.test_request_context(), force_locale("en"):
        wrong = {
            code
            for code in (elections.LINES.keys() | choosing.LINES.keys()) - OF_PEOPLE
            if said_of_people(messages.OF_OPTIONS[code])
        }
        told = messages.line(
            "decided_elected", {"elected": "Bois & Cie", "seats": 1}, of_options=True
        )
    assert wrong == set()
    assert told == "Chosen: Bois & Cie. Options to choose: 1."


def test_a_sentence_for_options_takes_the_values_of_the_one_for_people(app: Flask) -> None:
    with app.test_request_context(), force_locale("en"):
        for code, sentence in messages.OF_OPTIONS.items():
            taken = set(re.findall(r"%\((\w+)\)s", str(messages.LINES[code])))
            assert set(re.findall(r"%\((\w+)\)s", str(sentence))) == taken, code
