"""What is typed about decisions, and what it means."""

from __future__ import annotations

from intranet.decisions import forms
from intranet.decisions.queries import Filters


def test_filters_that_make_no_sense_are_left_out() -> None:
    typed = {"year": "20x6", "state": "'; DROP", "body": "AG", "words": "x" * 500, "page": "3"}
    assert forms.filters(typed) == Filters(body="AG", words="x" * 200)
    assert forms.filters({"year": "2026", "state": "applies"}) == Filters(
        year=2026, state="applies"
    )
    assert forms.filters({"year": "99999"}).year is None
    assert forms.filters({"year": "0"}).year is None
