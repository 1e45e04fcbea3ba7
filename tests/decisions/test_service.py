"""Entering old decisions, correcting a wording beside the original, filing."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from intranet.core.db import db
from intranet.core.policy import Conflict, Invalid, NotFound, Refused
from intranet.core.texts import text_of
from intranet.decisions import page_queries, queries, service
from intranet.decisions.models import Decision, DecisionLink
from intranet.decisions.service import OldDecision
from intranet.decisions.statuses import State
from intranet.members.queries import today
from tests.cast import Cast, acting, as_reader
from tests.decisions.register import entered


def old(cast: Cast, **changes: Any) -> OldDecision:
    plain = OldDecision(cast.assembly, "Louer un local", "Rue des Tanneurs.", date(2019, 4, 2))
    return replace(plain, **changes)


def test_a_decision_from_a_paper_says_that_it_is_one(app: Flask, cast: Cast) -> None:
    with acting(cast.bruno) as tx:
        number = service.enter_by_hand(tx, old(cast, tags=["Local ", "local", "BAIL"])).number
    page = page_queries.decision(as_reader(cast.chloe), number)
    assert (page.number, page.origin_kind, page.recorded_by) == (
        "AG-2019-001",
        "by_hand",
        "Bruno Costa",
    )
    assert page.tags == ("bail", "local")


@pytest.mark.parametrize("name", ["chloe", "david", "farid", "gwen"])
def test_only_employed_members_enter_decisions_by_hand(app: Flask, cast: Cast, name: str) -> None:
    with pytest.raises(Refused) as refused, acting(getattr(cast, name)) as tx:
        service.enter_by_hand(tx, old(cast))
    assert refused.value.verdict.reason == "decisions.only_members_record"
    assert db.session.scalar(select(Decision.id)) is None


def test_the_number_on_the_paper_is_kept_and_the_next_one_follows(app: Flask, cast: Cast) -> None:
    with acting(cast.amel) as tx:
        given = [
            service.enter_by_hand(tx, old(cast, number="ag-2019-004")).number,
            service.enter_by_hand(tx, old(cast)).number,
            service.enter_by_hand(tx, old(cast, number="AG-2019-002")).number,
            service.enter_by_hand(tx, old(cast)).number,
        ]
    assert given == ["AG-2019-004", "AG-2019-005", "AG-2019-002", "AG-2019-006"]


@pytest.mark.parametrize(
    ("changes", "field", "code"),
    [
        ({"number": "RC-2019-001"}, "number", "number_of_another_kind"),
        ({"number": "AG-2018-001"}, "number", "number_of_another_kind"),
        ({"number": "AG-2019-000"}, "number", "number_of_another_kind"),
        ({"number": "AG-2019-001"}, "number", "number_taken"),
        ({"title": " \u200b "}, "title", "decision_title_missing"),
        ({"title": "x" * 256}, "title", "decision_title_too_long"),
        ({"text": " \n"}, "text", "decision_text_missing"),
        ({"text": "x" * 300_001}, "text", "decision_text_too_long"),
        ({"body_id": 999}, "body", "body_missing"),
        ({"result": "perhaps"}, "result", "decision_result_unknown"),
        ({"audience": "everybody"}, "audience", "decision_audience_unknown"),
        ({"decided_on": date(2999, 1, 1)}, "decided_on", "decided_in_the_future"),
        (
            {"effective_on": date(2019, 4, 1)},
            "retroactive_because",
            "retroactive_without_reason",
        ),
        ({"ends_on": date(2019, 4, 1)}, "ends_on", "ends_before_it_starts"),
        ({"review_on": date(2019, 4, 1)}, "review_on", "review_before_it_starts"),
        ({"counts": {"for": -1}}, "counts", "decision_count_negative"),
        (
            {"counts": {"for": 3}, "electorate_size": 2},
            "electorate_size",
            "decision_more_votes_than_people",
        ),
        ({"tags": [str(turn) for turn in range(13)]}, "tags", "decision_tags_too_many"),
        ({"links": [("supersedes", "AG-1999-001")]}, "links", "linked_decision_unknown"),
        ({"links": [("eats", "AG-2019-001")]}, "links", "linked_decision_unknown"),
    ],
)
def test_what_contradicts_itself_is_said_at_its_field(
    app: Flask, cast: Cast, changes: dict[str, Any], field: str, code: str
) -> None:
    with acting(cast.amel) as tx:
        service.enter_by_hand(tx, old(cast))
    with pytest.raises(Invalid) as invalid, acting(cast.amel) as tx:
        service.enter_by_hand(tx, old(cast, **changes))
    assert invalid.value.errors == {field: code}
    assert len(db.session.scalars(select(Decision.id)).all()) == 1


def test_this_year_the_register_gives_the_numbers_itself(app: Flask, cast: Cast) -> None:
    day = today(as_reader(cast.amel))
    this_year = old(cast, decided_on=day, number=f"AG-{day.year}-007")
    with pytest.raises(Invalid) as invalid, acting(cast.amel) as tx:
        service.enter_by_hand(tx, this_year)
    assert invalid.value.errors == {"number": "number_given_by_the_register"}


def test_an_old_decision_says_what_it_did_to_an_older_one(app: Flask, cast: Cast) -> None:
    with acting(cast.amel) as tx:
        first = service.enter_by_hand(tx, old(cast)).number
        second = service.enter_by_hand(tx, old(cast, links=[("repeals", first)])).number
    look = as_reader(cast.amel)
    assert page_queries.decision(look, first).state is State.REPEALED
    assert page_queries.decision(look, second).state is State.IN_FORCE


def test_a_correction_leaves_the_original_as_it_was(app: Flask, cast: Cast) -> None:
    with acting(cast.amel) as tx:
        original = entered(tx, cast, text="On achète un fuor.", audience="members")
    before = dict(vars(db.session.get_one(Decision, original.id)))
    with acting(cast.bruno) as tx:
        fixed = service.rectify(tx, original.number, "On achète un four.", "Faute de frappe.")
    db.session.expire_all()
    after = vars(db.session.get_one(Decision, original.id))
    kept = {name for name in before if not name.startswith("_")}
    assert {name: after[name] for name in kept} == {name: before[name] for name in kept}
    assert text_of(db.session(), after["text_digest"]) == "On achète un fuor."
    page = page_queries.decision(as_reader(cast.amel), fixed.number)
    assert (page.state, page.because, page.recorded_by) == (
        State.RECTIFICATION,
        "Faute de frappe.",
        "Bruno Costa",
    )
    assert page.audience == "members"
    assert [(card.reading, card.number) for card in page.links] == [("rectifies", original.number)]
    origin = page_queries.decision(as_reader(cast.amel), original.number)
    assert [card.number for card in origin.corrections] == [fixed.number]
    assert origin.state is State.IN_FORCE


def test_a_correction_needs_a_reason_a_text_and_an_original(app: Flask, cast: Cast) -> None:
    with acting(cast.amel) as tx:
        number = entered(tx, cast).number
        fixed = service.rectify(tx, number, "Mieux.", "Faute.").number
    for text, because, field in (("Mieux.", "  ", "because"), ("  ", "Faute.", "text")):
        with pytest.raises(Invalid) as invalid, acting(cast.amel) as tx:
            service.rectify(tx, number, text, because)
        assert list(invalid.value.errors) == [field]
    with pytest.raises(Refused) as refused, acting(cast.amel) as tx:
        service.rectify(tx, fixed, "Encore mieux.", "Faute.")
    assert refused.value.verdict.reason == "decisions.rectify_the_original"
    with pytest.raises(Refused), acting(cast.chloe) as tx:
        service.rectify(tx, number, "Mieux.", "Faute.")
    assert len(db.session.scalars(select(DecisionLink)).all()) == 1


def test_subjects_change_without_touching_the_record(app: Flask, cast: Cast) -> None:
    with acting(cast.amel) as tx:
        number = entered(tx, cast, tags=("cuisine",)).number
    with acting(cast.chloe) as tx:
        service.tag(tx, number, ["Pain", "  four ", ""])
    look = as_reader(cast.amel)
    assert page_queries.decision(look, number).tags == ("four", "pain")
    assert queries.shelves(look).tags == ("four", "pain")


def test_only_those_who_may_read_and_write_choose_subjects(app: Flask, cast: Cast) -> None:
    with acting(cast.amel) as tx:
        closed = entered(tx, cast, audience="members").number
        for_all = entered(tx, cast, audience="open").number
    for person, number, refusal in (
        (cast.chloe, closed, NotFound),
        (cast.farid, for_all, Refused),
        (cast.gwen, for_all, NotFound),
        (cast.david, for_all, NotFound),
    ):
        with pytest.raises(refusal), acting(person) as tx:
            service.tag(tx, number, ["x"])


def test_readers_are_chosen_by_those_who_record(app: Flask, cast: Cast) -> None:
    with acting(cast.amel) as tx:
        number = entered(tx, cast, audience="open").number
        service.set_audience(tx, number, "members")
    with pytest.raises(NotFound):
        page_queries.decision(as_reader(cast.farid), number)
    for person, refusal in ((cast.chloe, NotFound), (cast.gwen, NotFound)):
        with pytest.raises(refusal), acting(person) as tx:
            service.set_audience(tx, number, "open")
    with pytest.raises(Refused), acting(cast.amel) as tx:
        service.set_audience(tx, number, "everybody")


def test_a_circle_is_refused_and_nothing_stays(app: Flask, cast: Cast) -> None:
    with acting(cast.amel) as tx:
        first = service.enter_by_hand(tx, old(cast)).number
        second = service.enter_by_hand(tx, old(cast, links=[("supersedes", first)])).number
    with pytest.raises(Conflict), acting(cast.amel) as tx:
        service.import_link(tx, first, second, "supersedes")  # type: ignore[arg-type]
    assert len(db.session.scalars(select(DecisionLink)).all()) == 1


def test_a_decision_expires_the_day_after_its_last_one(app: Flask, cast: Cast) -> None:
    look = as_reader(cast.amel)
    day = today(look)
    with acting(cast.amel) as tx:
        ended = service.enter_by_hand(tx, old(cast, ends_on=day - timedelta(1))).number
        last = service.enter_by_hand(tx, old(cast, ends_on=day)).number
    marks = queries.statuses(as_reader(cast.amel), [ended, last])
    assert (marks[ended].state, marks[last].state) == (State.EXPIRED, State.IN_FORCE)
