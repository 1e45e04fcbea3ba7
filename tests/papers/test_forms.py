"""What is typed about an old decision, and what it means."""

from __future__ import annotations

from datetime import date

import pytest

from intranet.core.policy import Invalid
from intranet.papers.forms import PaperForm
from intranet.papers.ruling import MadeRule


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
        "rule_page": " Prêt des outils ",
        "layer": "work_rules",
    }
    old = PaperForm.from_request(typed).old_decision()
    assert (old.body_id, old.title, old.text, old.result) == (3, "Un four", "Un\nfour", "rejected")
    assert (old.decided_on, old.ends_on) == (date(2019, 4, 2), date(2019, 12, 31))
    assert old.counts == {"for": 7, "against": 0, "abstain": 0, "blank": 0}
    assert (old.electorate_size, old.tags) == (12, ("pain", "four"))
    assert old.links == (("repeals", "AG-2018-001"),)
    assert old.rule == MadeRule("Prêt des outils", "work_rules")


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
    form = PaperForm.from_request({"decided_on": "2019-04-02", field: typed})
    with pytest.raises(Invalid) as invalid:
        form.old_decision()
    assert invalid.value.errors == {field: code}
