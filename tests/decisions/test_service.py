"""Correcting a wording beside the original, filing, and taking over links."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select

from intranet.core.db import db
from intranet.core.events import EventRow
from intranet.core.policy import Conflict, Invalid, NotFound, Refused
from intranet.core.texts import text_of
from intranet.decisions import page_queries, queries, service
from intranet.decisions.models import Decision, DecisionLink
from intranet.decisions.statuses import State
from intranet.members.queries import today
from intranet.papers import service as papers
from tests.cast import Cast, acting, as_reader
from tests.decisions.register import entered
from tests.papers.test_service import old


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
    last = db.session.scalars(select(EventRow).order_by(EventRow.id.desc()).limit(1)).one()
    assert '"added":["four","pain"]' in last.payload
    assert '"removed":["cuisine"]' in last.payload
    with acting(cast.chloe) as tx:
        service.tag(tx, number, ["four", "pain"])
    assert last.id == db.session.scalar(select(func.max(EventRow.id)))


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
        first = papers.enter_by_hand(tx, old(cast)).number
        second = papers.enter_by_hand(tx, old(cast, links=[("supersedes", first)])).number
    with pytest.raises(Conflict), acting(cast.amel) as tx:
        service.import_link(tx, first, second, "supersedes")  # type: ignore[arg-type]
    assert len(db.session.scalars(select(DecisionLink)).all()) == 1


def test_a_decision_expires_the_day_after_its_last_one(app: Flask, cast: Cast) -> None:
    look = as_reader(cast.amel)
    day = today(look)
    with acting(cast.amel) as tx:
        ended = papers.enter_by_hand(tx, old(cast, ends_on=day - timedelta(1))).number
        last = papers.enter_by_hand(tx, old(cast, ends_on=day)).number
    marks = queries.statuses(as_reader(cast.amel), [ended, last])
    assert (marks[ended].state, marks[last].state) == (State.EXPIRED, State.IN_FORCE)
