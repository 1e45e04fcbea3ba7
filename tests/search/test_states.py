"""What decisions and rules are worth: the same wherever it is shown, and in the order found."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from flask import Flask
from flask_babel import force_locale

from intranet import duties, worker
from intranet.core.block_changes import BlockChange
from intranet.core.db import db
from intranet.core.transaction import Reader
from intranet.decisions import page_queries, queries
from intranet.decisions.effects import link
from intranet.decisions.kinship.queries import family
from intranet.decisions.queries import Filters
from intranet.export.print_queries import printed_register
from intranet.members.queries import today
from intranet.search import folding, questions
from intranet.search.index import backend_of
from intranet.search.parsing import parse_query
from intranet.search.port import Hit
from intranet.search.saved import service as saved
from intranet.search.similar_queries import similar
from intranet.web.messages import label
from intranet.wiki.effects import repeal_rule
from intranet.wiki.rules import rule_text
from tests.cast import Cast, acting, as_reader
from tests.decisions.later import later
from tests.decisions.register import entered
from tests.wiki.writing import enact, rule

DAY = timedelta(days=1)
TITLE = "Le four à pain"
WORDS = "four pain"
EVERYBODY = frozenset({"members", "workers", "open"})


@pytest.fixture(autouse=True)
def no_day_was_followed() -> Iterator[None]:
    """Each test begins as a worker does."""
    duties._followed.clear()
    yield
    duties._followed.clear()


def hits(look: Reader, words: str = WORDS) -> tuple[Hit, ...]:
    db.session.rollback()
    return questions.answer(look, questions.asked(look, words), facets=False).hits


def inside(look: Reader) -> dict[str, dict[str, str]]:
    """The states of all decisions, by the place inside the product that shows them."""
    register = queries.register(look, Filters()).rows
    numbers = [row.number for row in register]
    printed = [one.row for _, all_ in printed_register(look).years for one in all_]
    drawn = [one.mark for one in family(look, numbers[0]).relatives if one.mark]
    alike = {one.url.rpartition("/")[2]: one.state for one in similar(look, TITLE).decisions}
    shown = {
        "page": [page_queries.decision(look, number) for number in numbers],
        "list": register,
        "citation": queries.statuses(look, numbers).values(),
        "home": queries.recent(look),
        "document": printed,
        "drawing": drawn,
    }
    states = {place: {one.number: str(one.state) for one in all_} for place, all_ in shown.items()}
    found = {hit.key.partition(":")[2]: hit.state for hit in hits(look)}
    return {**states, "search": found, "similar": alike}


def taken_away(site: Flask) -> dict[str, dict[str, str]]:
    """The states that leave the product: in the feed of a search, and in the list as a table."""
    client = site.test_client().sign_in("amel")
    address = re.search(r"/search/feeds/[\w-]+\.atom", client.get("/search/saved").text)
    assert address
    feed = site.test_client().get(address[0]).text
    entries = re.findall(r'decision:([\w-]+)</id>.*?<category term="(?!decision)(\w+)"', feed, re.S)
    table = csv.reader(io.StringIO(client.get("/decisions/export.csv").text.lstrip("\ufeff")))
    rows = list(table)[1:]
    return {"feed": dict(entries), "table": {row[0]: row[8] for row in rows}}


def in_words(states: dict[str, str]) -> dict[str, str]:
    with force_locale("fr"):
        return {number: str(label(f"decision_state.{state}")) for number, state in states.items()}


def agree(site: Flask, look: Reader, expected: dict[str, str]) -> None:
    """Every place shows these states, and whoever narrows by a state finds those in it."""
    shown = inside(look)
    drawn = shown.pop("drawing")
    assert drawn.items() <= expected.items(), "a drawing shows those that are linked"
    for place, states in shown.items():
        assert states == expected, place
    outside = taken_away(site)
    assert outside["feed"] == expected
    assert outside["table"] == in_words(expected)


def narrowed(look: Reader, expected: dict[str, str]) -> None:
    """Whoever narrows a search by a state finds the decisions in it, once they are indexed."""
    for state in sorted(set(expected.values())):
        found = {hit.key.partition(":")[2] for hit in hits(look, f"{WORDS} state:{state}")}
        assert found == {number for number, is_in in expected.items() if is_in == state}, state


@pytest.mark.parametrize(
    ("act", "old", "older"),
    [
        ("supersedes", "superseded", "superseded"),
        ("repeals", "repealed", "superseded"),
        ("annuls", "annulled", "in_force"),
        ("suspends", "suspended", "superseded"),
    ],
)
def test_d3_a_decision_has_the_same_state_wherever_it_is_shown(
    site: Flask, cast: Cast, act: str, old: str, older: str
) -> None:
    with acting(cast.amel) as tx:
        first, second, third = (entered(tx, cast, TITLE).number for _ in range(3))
        link(tx, second, first, "supersedes")
        saved.open_feed(tx, saved.save_search(tx, WORDS))
    worker.work_once(site)
    look = as_reader(cast.amel)
    before = {first: "superseded", second: "in_force", third: "in_force"}
    agree(site, look, before)
    narrowed(look, before)
    with acting(cast.amel) as tx:
        link(tx, third, second, act)
    after = {first: older, second: old, third: "in_force"}
    agree(site, look, after)
    worker.work_once(site)
    agree(site, look, after)
    narrowed(look, after)
    in_force = [number for number, state in after.items() if state == "in_force"]
    ranked = [hit.key.partition(":")[2] for hit in hits(look)]
    assert set(ranked[: len(in_force)]) == set(in_force), "what applies comes first"


def test_d3_on_the_day_of_a_replacement_every_place_turns(site: Flask, cast: Cast) -> None:
    day = today(as_reader(cast.amel))
    with acting(cast.amel) as tx:
        old = entered(tx, cast, TITLE).number
        new = entered(tx, cast, TITLE, effective_on=day + DAY).number
        link(tx, new, old, "supersedes")
        saved.open_feed(tx, saved.save_search(tx, WORDS))
    worker.work_once(site)
    look = as_reader(cast.amel)
    agree(site, look, {old: "in_force", new: "coming"})
    narrowed(look, {old: "in_force", new: "coming"})
    one_each = [len(one.earlier) for one in folding.folded(look, hits(look))]
    assert one_each == [0, 0], "nothing is folded under what does not apply yet"
    with later(1):
        look = as_reader(cast.amel)
        agree(site, look, {old: "superseded", new: "in_force"})
        worker.work_once(site)
        narrowed(look, {old: "superseded", new: "in_force"})
        [line] = folding.folded(look, hits(look))
        assert line.hit.key == f"decision:{new}"
        assert [hit.key for hit in line.earlier] == [f"decision:{old}"]


def reasons(words: str) -> dict[str, float]:
    """By what the score of the one page found is multiplied."""
    db.session.rollback()
    [hit] = backend_of(db.session()).find(parse_query(words), EVERYBODY).hits
    assert hit.found is not None
    return dict(hit.found.boosts)


@pytest.mark.parametrize("days", [0, 1])
def test_a_repealed_rule_counts_less_from_the_day_of_its_repeal(
    site: Flask, cast: Cast, days: int
) -> None:
    day = today(as_reader(cast.amel))
    number = rule("Les trottinettes", "Elles restent à la porte.", "AG-2026-001", day)
    worker.work_once(site)
    assert "repealed" not in reasons("trottinettes")
    with acting(None) as tx:
        repeal_rule(tx, number, "AG-2026-002", day + days * DAY)
    worker.work_once(site)
    assert ("repealed" in reasons("trottinettes")) is (days == 0)
    with later(1):
        worker.work_once(site)
        assert reasons("trottinettes")["repealed"] < 1


@pytest.fixture
def bakery(site: Flask, cast: Cast) -> tuple[str, str, int]:
    """Two decisions alike, and the rule into which the first one wrote."""
    with acting(cast.amel) as tx:
        first, second = (entered(tx, cast, TITLE).number for _ in range(2))
    return first, second, rule("Fournil", "Le four à pain est allumé à quatre heures.\n", first)


def rewritten(look: Reader, page: int, by: str, on: date) -> None:
    """Another decision replaces the only paragraph of a rule."""
    block = rule_text(look, page).blocks[0]
    enact(page, [BlockChange("replace", block.id, block.text, "Le four à pain dort.")], by, on)


def decided(look: Reader) -> list[tuple[str, str, bool]]:
    """The decisions found, best first: number, state, and whether nothing of them is in force."""
    found = (hit for hit in hits(look) if hit.kind == "decision")
    return [(hit.key.partition(":")[2], hit.state, hit.is_spent) for hit in found]


def test_a_decision_without_a_paragraph_in_force_says_so_and_comes_after_its_successor(
    site: Flask, cast: Cast, bakery: tuple[str, str, int]
) -> None:
    first, second, page = bakery
    look = as_reader(cast.amel)
    worker.work_once(site)
    assert {one[2] for one in decided(look)} == {False}
    rewritten(look, page, second, today(look))
    worker.work_once(site)
    expected = [(second, "in_force", False), (first, "in_force", True)]
    assert decided(look) == expected
    assert [one.is_spent for one in similar(look, TITLE).decisions] == [False, True]
    shown = site.test_client().sign_in("amel").get("/search?q=four+pain&kind=decision").text
    assert shown.count("Plus aucun paragraphe en vigueur") == 1


def test_on_the_day_its_words_give_way_a_decision_goes_behind_its_successor(
    site: Flask, cast: Cast, bakery: tuple[str, str, int]
) -> None:
    first, second, page = bakery
    look = as_reader(cast.amel)
    rewritten(look, page, second, today(look) + DAY)
    worker.work_once(site)
    assert {one[2] for one in decided(look)} == {False}
    with later(1):
        worker.work_once(site)
        expected = [(second, "in_force", False), (first, "in_force", True)]
        assert decided(as_reader(cast.amel)) == expected
