"""When nothing of what a decision wrote in the rules is in force any more."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask

from intranet.core.block_changes import BlockChange
from intranet.core.db import db
from intranet.members.queries import today
from intranet.wiki.effects import repeal_rule
from intranet.wiki.rules import rule_text
from intranet.wiki.spent_queries import spent
from tests.cast import Cast, acting, as_reader
from tests.decisions.later import later
from tests.decisions.test_queries import counted
from tests.wiki.writing import enact, rule

FIRST, SECOND, THIRD, GONE = (f"AG-2026-00{number}" for number in range(1, 5))
ALL = (FIRST, SECOND, THIRD, GONE)
DAY = timedelta(days=1)


@pytest.fixture
def page(app: Flask, cast: Cast) -> int:
    return rule("Congés", "Cinq semaines.\n\nPosés un mois avant.\n", FIRST)


def seen(cast: Cast) -> set[str]:
    db.session.rollback()
    return set(spent(as_reader(cast.amel), ALL))


def changed(cast: Cast, page: int, place: int, words: str) -> BlockChange:
    block = rule_text(as_reader(cast.amel), page).blocks[place]
    return BlockChange("replace" if words else "remove", block.id, block.text, words)


def test_a_decision_is_spent_when_its_last_paragraph_is_replaced(cast: Cast, page: int) -> None:
    day = today(as_reader(cast.amel))
    enact(page, [changed(cast, page, 0, "Six semaines.")], SECOND, day)
    assert seen(cast) == set(), "one paragraph of the first decision stands"
    enact(page, [changed(cast, page, 1, "Posés deux mois avant.")], THIRD, day + DAY)
    assert seen(cast) == set(), "it stands until the day of the new text"
    with later(1):
        assert seen(cast) == {FIRST}
        enact(page, [changed(cast, page, 0, "")], GONE, day + DAY)
        assert seen(cast) == {FIRST, SECOND}, "to take words out writes none, and is not undone"


def test_a_repealed_rule_leaves_nothing_of_those_who_wrote_it(cast: Cast, page: int) -> None:
    day = today(as_reader(cast.amel))
    enact(page, [changed(cast, page, 0, "Six semaines.")], SECOND, day)
    elsewhere = rule("Horaires", "De neuf à cinq.", THIRD)
    with acting(None) as tx:
        repeal_rule(tx, page, GONE, day + DAY)
    assert seen(cast) == set()
    with later(1):
        assert seen(cast) == {FIRST, SECOND}
        enact(elsewhere, [changed(cast, elsewhere, 0, "De dix à six.")], FIRST, day + DAY)
        assert seen(cast) == {SECOND, THIRD}, "what stands in another rule is in force"


def test_a_text_to_come_is_not_spent_before_it_applies(cast: Cast, page: int) -> None:
    day = today(as_reader(cast.amel))
    enact(page, [changed(cast, page, 0, "Six semaines.")], SECOND, day + DAY)
    rule("Horaires", "De neuf à cinq.", THIRD, day + DAY)
    assert seen(cast) == set()


def test_it_is_one_statement_however_many_are_asked(cast: Cast, page: int) -> None:
    look = as_reader(cast.amel)
    today(look)
    for numbers in ([FIRST], [f"AG-1999-{number}" for number in range(900)]):
        with counted() as statements:
            assert spent(look, numbers) == frozenset()
        assert len([one for one in statements if "revision_block" in one]) == 1
    assert spent(look, []) == frozenset()
