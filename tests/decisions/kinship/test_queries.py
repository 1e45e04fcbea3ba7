"""Families of decisions, for those who may know them."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask

from intranet.core.policy import NotFound
from intranet.decisions.effects import add_link, link
from intranet.decisions.kinship import queries
from intranet.decisions.models import LinkKind
from tests.cast import Cast, acting, as_reader
from tests.decisions.register import DECIDED, entered


def test_a_family_is_drawn_and_said_in_words(app: Flask, cast: Cast) -> None:
    with acting(cast.amel) as tx:
        days = [DECIDED + timedelta(turn) for turn in range(4)]
        old, new, last, alone = (entered(tx, cast, decided_on=day).number for day in days)
        link(tx, new, old, "supersedes")
        link(tx, last, new, "amends")
        add_link(tx, last, "AG-1999-001", LinkKind.REPEALS)
    found = queries.family(as_reader(cast.amel), old)
    assert [one.number for one in found.relatives] == [last, new, old, "AG-1999-001"]
    said = [[(card.reading, card.number) for card in one.does] for one in found.relatives]
    assert said[0] == [("repeals", "AG-1999-001"), ("amends", new)]
    assert said[1] == [("supersedes", old)]
    assert len(found.drawing.threads) == sum(map(len, said)) == 3
    assert [one.number for one in queries.family(as_reader(cast.amel), alone).relatives] == [alone]
    assert queries.years_with_links(as_reader(cast.amel)) == [2026]


def test_a_closed_decision_has_no_place_in_the_drawing_of_others(app: Flask, cast: Cast) -> None:
    with acting(cast.amel) as tx:
        shown = entered(tx, cast).number
        closed = entered(tx, cast, audience="members").number
        link(tx, closed, shown, "supersedes")
    found = queries.of_year(as_reader(cast.chloe), 2026)
    assert found.relatives == ()
    assert closed not in repr(queries.family(as_reader(cast.chloe), shown))
    with pytest.raises(NotFound):
        queries.family(as_reader(cast.chloe), closed)
    assert len(queries.of_year(as_reader(cast.amel), 2026).relatives) == 2


def test_a_drawing_has_a_limit_and_says_what_it_left_out(app: Flask, cast: Cast) -> None:
    with acting(cast.amel) as tx:
        first = entered(tx, cast).number
        for turn in range(queries.MOST + 4):
            link(tx, entered(tx, cast, f"Suite {turn}").number, first, "amends")
    found = queries.family(as_reader(cast.amel), first)
    assert (len(found.relatives), found.left_out) == (queries.MOST, 5)
    assert first in {one.number for one in found.relatives}
