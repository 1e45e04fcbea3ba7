"""Pages put in order by steps and by dropping them beside others."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient

from intranet.core.policy import Invalid, Refused
from intranet.wiki.arranging.queries import level
from intranet.wiki.arranging.service import Step, Where, drop_page, step_page
from intranet.wiki.models import Page
from intranet.wiki.trash.service import trash_page
from tests.cast import Cast, Client, acting, as_reader
from tests.wiki.test_queries import counted
from tests.wiki.writing import page_id, rule, write


def titles(person_id: int, below: str = "") -> str:
    return " ".join(row.title for row in level(as_reader(person_id), below).rows)


def step(person_id: int, slug: str, way: Step) -> None:
    number = page_id(slug)
    with acting(person_id) as tx:
        step_page(tx, number, way)


def drop(person_id: int, slug: str, beside: str, where: Where) -> None:
    number, other = page_id(slug), page_id(beside)
    with acting(person_id) as tx:
        drop_page(tx, number, other, where)


@pytest.fixture
def row(app: Flask, cast: Cast) -> Cast:
    for title in "ABCD":
        write(cast.amel, title)
    return cast


def test_a_page_goes_up_down_in_and_out(row: Cast) -> None:
    step(row.amel, "c", Step.UP)
    assert titles(row.amel) == "A C B D"
    step(row.amel, "a", Step.DOWN)
    assert titles(row.amel) == "C A B D"
    step(row.amel, "b", Step.IN)
    assert (titles(row.amel), titles(row.amel, "a")) == ("C A D", "B")
    step(row.amel, "b", Step.OUT)
    assert titles(row.amel) == "C A B D"
    for slug, way in (("c", Step.UP), ("d", Step.DOWN), ("c", Step.IN), ("c", Step.OUT)):
        step(row.amel, slug, way)
    assert titles(row.amel) == "C A B D"


def test_a_page_is_dropped_before_after_and_into_another_with_its_branch(row: Cast) -> None:
    drop(row.amel, "d", "a", Where.BEFORE)
    drop(row.amel, "a", "c", Where.AFTER)
    assert titles(row.amel) == "D B C A"
    drop(row.amel, "b", "c", Where.INTO)
    drop(row.amel, "c", "a", Where.INTO)
    assert (titles(row.amel), titles(row.amel, "a"), titles(row.amel, "c")) == ("D A", "C", "B")
    with pytest.raises(Invalid):
        drop(row.amel, "a", "b", Where.INTO)
    gone = page_id("b")
    with acting(row.amel) as tx:
        trash_page(tx, gone, "Fini")
    with pytest.raises(Refused):
        drop(row.amel, "d", "b", Where.INTO)


def test_s7_a_step_goes_past_pages_that_one_does_not_see(row: Cast) -> None:
    with acting(None) as tx:
        tx.session.query(Page).filter_by(slug="b").one().audience = "members"
    step(row.chloe, "c", Step.UP)
    assert titles(row.chloe) == "C A D"
    step(row.chloe, "c", Step.DOWN)
    assert titles(row.chloe) == "A C D"


def test_rules_and_what_stands_above_them_stay(client: FlaskClient, row: Cast) -> None:
    number = rule("Congés", "Trente jours.")
    with acting(None) as tx:
        tx.session.get_one(Page, number).parent_id = page_id_of("a", tx)
    for slug in ("conges", "a"):
        with pytest.raises(Refused):
            step(row.amel, slug, Step.DOWN)
    assert isinstance(client, Client)
    client.sign_in("amel")
    assert client.get("/wiki/arrange").get_data(as_text=True).count("data-fixed") == 1
    assert client.submit("/wiki/a/step", step="down").status_code == 403
    answer = client.submit("/wiki/c/step", step="up")
    assert answer.headers["Location"] == f"/wiki/arrange#page-{page_id('c')}"
    assert client.submit("/wiki/c/drop", beside="b", where="aside").status_code == 400
    client.submit("/wiki/c/drop", beside="b", where="into")
    assert titles(row.amel, "b") == "C"


def page_id_of(slug: str, tx: object) -> int:
    return tx.session.query(Page).filter_by(slug=slug).one().id  # type: ignore[attr-defined, no-any-return]


def test_whoever_reads_only_moves_nothing(client: FlaskClient, cast: Cast) -> None:
    write(cast.amel, "Ouverte", audience="open")
    write(cast.amel, "Seconde", audience="open")
    with pytest.raises(Refused):
        step(cast.farid, "ouverte", Step.DOWN)
    assert isinstance(client, Client)
    shown = client.sign_in("farid").get("/wiki/arrange").get_data(as_text=True)
    assert "Ouverte" in shown
    assert "data-arrange" not in shown


def test_a_thousand_pages_ask_the_database_no_more_than_ten(
    client: FlaskClient, cast: Cast
) -> None:
    assert isinstance(client, Client)
    client.sign_in("amel")
    sent = []
    for first, last in ((0, 10), (10, 1000)):
        with acting(None) as tx:
            tx.session.add_all(_bare(number, tx.now) for number in range(first, last))
        counts = []
        for path in ("/wiki/", "/wiki/arrange"):
            with counted() as found:
                assert client.get(path).status_code == 200
            counts.append(len(found))
        sent.append(counts)
    assert sent[0] == sent[1]
    tree = client.get("/wiki/").get_data(as_text=True)
    assert "<details>" in tree


def _bare(number: int, now: object) -> Page:
    """A page without a text: a hundred branches of ten."""
    return Page(
        id=10_000 + number,
        parent_id=10_000 + number // 10 if number % 10 and number > 10 else None,
        position=number,
        kind="ordinary",
        slug=f"p-{number}",
        title=f"P {number}",
        title_key=f"p {number}",
        language="fr",
        audience="workers",
        created_at=now,
    )
