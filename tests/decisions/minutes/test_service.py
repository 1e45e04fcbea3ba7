"""Minutes beside a decision: words or a page, every version kept."""

from __future__ import annotations

import pytest
from flask import Flask

from intranet.core.policy import Invalid, NotFound, Refused
from intranet.decisions.minutes import queries, service
from tests.cast import Cast, acting, as_reader
from tests.decisions.register import entered


def test_the_last_minutes_count_and_the_earlier_ones_stay(app: Flask, cast: Cast) -> None:
    with acting(cast.amel) as tx:
        decision = entered(tx, cast)
        service.keep_minutes(tx, decision.number, "On a **ri** <script>", "")
    with acting(cast.bruno) as tx:
        service.keep_minutes(tx, decision.number, "", "seance-du-12-mars")
    found = queries.of_decision(as_reader(cast.amel), decision.id)
    assert [(one.page_slug, one.by) for one in found] == [
        ("seance-du-12-mars", "Bruno Costa"),
        ("", "Amel Benali"),
    ]
    assert "<strong>ri</strong>" in found[1].html
    assert "<script>" not in found[1].html


def test_minutes_are_words_or_a_page_laid_by_those_who_record(app: Flask, cast: Cast) -> None:
    with acting(cast.amel) as tx:
        number = entered(tx, cast).number
        closed = entered(tx, cast, audience="members").number
    for text, page in (("", ""), ("Des mots", "une-page")):
        with pytest.raises(Invalid), acting(cast.amel) as tx:
            service.keep_minutes(tx, number, text, page)
    with pytest.raises(Refused), acting(cast.chloe) as tx:
        service.keep_minutes(tx, number, "Des mots", "")
    with pytest.raises(NotFound), acting(cast.chloe) as tx:
        service.keep_minutes(tx, closed, "Des mots", "")
