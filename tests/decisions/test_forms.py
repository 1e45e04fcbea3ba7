"""What is typed about decisions, and what it means."""

from __future__ import annotations

from datetime import date

import pytest

from intranet.core.policy import Invalid
from intranet.decisions import forms
from intranet.decisions.forms import DecisionForm
from intranet.decisions.queries import Filters


def test_filters_that_make_no_sense_are_left_out() -> None:
    typed = {"year": "20x6", "state": "'; DROP", "body": "AG", "words": "x" * 500, "page": "3"}
    assert forms.filters(typed) == Filters(body="AG", words="x" * 200)
    assert forms.filters({"year": "2026", "state": "applies"}) == Filters(
        year=2026, state="applies"
    )
    assert forms.filters({"year": "99999"}).year is None
    assert forms.filters({"year": "0"}).year is None


def test_a_filled_form_means_a_decision() -> None:
    typed = {
        "body": "3",
        "title": "Un four",
        "text": "Un\r\nfour",
        "result": "rejected",
        "decided_on": "02/04/2019",
        "ends_on": "2019-12-31",
        "audience": "open",
        "count_for": "7",
        "electorate_size": "12",
        "tags": "pain, four ,",
        "link_kind": "repeals",
        "link_number": " AG-2018-001 ",
    }
    old = DecisionForm.from_request(typed).old_decision()
    assert (old.body_id, old.title, old.text, old.result) == (3, "Un four", "Un\nfour", "rejected")
    assert (old.decided_on, old.ends_on) == (date(2019, 4, 2), date(2019, 12, 31))
    assert old.counts == {"for": 7, "against": 0, "abstain": 0, "blank": 0}
    assert (old.electorate_size, old.tags) == (12, ("pain", "four"))
    assert old.links == (("repeals", "AG-2018-001"),)


@pytest.mark.parametrize(
    ("field", "typed", "code"),
    [
        ("decided_on", "", "decision_day_missing"),
        ("decided_on", "printemps 2019", "decision_date_unclear"),
        ("review_on", "31/02/2020", "decision_date_unclear"),
        ("count_for", "sept", "decision_count_unclear"),
        ("count_for", "-1", "decision_count_unclear"),
        ("electorate_size", "1,5", "decision_count_unclear"),
        ("electorate_size", "9999999", "decision_count_unclear"),
    ],
)
def test_what_is_unclear_is_said_at_its_field(field: str, typed: str, code: str) -> None:
    form = DecisionForm.from_request({"decided_on": "2019-04-02", field: typed})
    with pytest.raises(Invalid) as invalid:
        form.old_decision()
    assert invalid.value.errors == {field: code}
