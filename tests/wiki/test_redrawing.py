"""Pages drawn again, at once or by the worker, and rules that come into force."""

from __future__ import annotations

from datetime import timedelta

import time_machine
from flask import Flask

from intranet import worker
from intranet.core import clock
from intranet.core.block_changes import BlockChange
from intranet.core.events import EventRow
from intranet.wiki import redrawing, rules
from intranet.wiki.models import Page
from tests.cast import Cast, acting, as_reader, this_day
from tests.wiki.writing import enact, read, rule, write


def events(name: str) -> int:
    with acting(None) as tx:
        return tx.session.query(EventRow).filter_by(name=name).count()


def test_many_linking_pages_are_drawn_again_by_the_worker(app: Flask, cast: Cast) -> None:
    number = redrawing.AT_ONCE + 3
    for index in range(number):
        write(cast.amel, f"Page {index}", "Voir [[Cible]].")
    write(cast.amel, "Cible", "Me voici.")
    assert events("LinksOutdated") == 1
    assert "red-link" in read(cast.amel, "page-0").html
    worker.work_once(app)
    for index in range(number):
        assert 'href="/wiki/cible"' in read(cast.amel, f"page-{index}").html


def test_the_worker_notes_that_a_rule_came_into_force_once(app: Flask, cast: Cast) -> None:
    number = rule("Congés", "Un mois avant.")
    text = rules.rule_text(as_reader(cast.amel), number)
    day = this_day() + timedelta(days=10)
    change = BlockChange("replace", text.blocks[0].id, "Un mois avant.", "La veille.")
    revision = enact(number, [change], "AG-2026-014", day)
    worker.work_once(app)
    assert events("RuleCameIntoForce") == 0
    with time_machine.travel(clock.now() + timedelta(days=11)):
        assert "La veille" in read(cast.amel, "conges").html
        worker.work_once(app)
        worker.work_once(app)
        assert events("RuleCameIntoForce") == 1
        with acting(None) as tx:
            assert tx.session.get_one(Page, number).current_revision_id == revision


def test_a_coming_text_is_drawn_again_too(app: Flask, cast: Cast) -> None:
    number = rule("Congés", "Voir [[Planning]].")
    text = rules.rule_text(as_reader(cast.amel), number)
    day = this_day() + timedelta(days=10)
    change = BlockChange("insert_after", text.blocks[0].id, "", "Puis la veille.")
    enact(number, [change], "AG-2026-014", day)
    write(cast.amel, "Planning", "Le planning.")
    for on in (None, day):
        assert 'href="/wiki/planning"' in read(cast.amel, "conges", on).html
