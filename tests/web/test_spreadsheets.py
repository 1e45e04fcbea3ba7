"""Tables to take away run nothing in the spreadsheet that opens them."""

from __future__ import annotations

import csv
import io
from datetime import date

import pytest
from flask import Flask

from intranet.web.spreadsheets import cell, download


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "\t", "\r", "\x00", "  =", "\n@"])
def test_what_looks_like_a_formula_is_quoted(sign: str) -> None:
    assert cell(f"{sign}1+1") == f"'{sign}1+1"


@pytest.mark.parametrize(
    ("value", "text"),
    [(None, ""), (-3, "-3"), (date(2026, 3, 12), "2026-03-12"), ("a=b", "a=b"), ("", "")],
)
def test_the_rest_stays_as_it_is(value: object, text: str) -> None:
    assert cell(value) == text


def test_a_spreadsheet_reads_back_what_was_written(app: Flask) -> None:
    answer = download("x.csv", ("Titre", "n"), [('Un "four", à pain;\nle grand', 3), ("=1", None)])
    assert answer.headers["Content-Disposition"] == 'attachment; filename="x.csv"'
    text = answer.get_data().decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text, newline="")))
    assert rows == [["Titre", "n"], ['Un "four", à pain;\nle grand', "3"], ["'=1", ""]]
