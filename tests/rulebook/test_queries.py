"""All rules on any day: what applied, what is coming, what readers get to know."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest
import time_machine
from flask import Flask
from sqlalchemy import update

from intranet.core.block_changes import BlockChange
from intranet.members.queries import today
from intranet.rulebook.comparison_queries import comparison
from intranet.rulebook.queries import rulebook
from intranet.rulebook.sources import days_of_change
from intranet.rulebook.text import Rulebook
from intranet.wiki import rules
from intranet.wiki.effects import name_deciders, repeal_rule
from intranet.wiki.models import Page
from intranet.wiki.placing import place_rule
from intranet.wiki.tree import tree
from intranet.wiki.worker import bring_into_force
from tests.cast import Cast, acting, as_reader, this_day
from tests.wiki.writing import enact, rule, write

LEAVE = "# Congés\n\nOn prévient un mois avant.\n\nOn pose ses jours ensemble.\n"
START, CHANGE = date(2024, 1, 1), date(2025, 6, 1)
LATER = this_day() + timedelta(days=60)


def change(page_id: int, old: str, new: str, number: str, on: date) -> None:
    """An amendment that gives one paragraph other words; empty ones take it out."""
    with acting(None) as tx:
        text = rules.rule_text(tx, page_id)
    block = next(block for block in text.blocks if block.text == old)
    kind = "replace" if new else "remove"
    enact(page_id, [BlockChange(kind, block.id, old, new)], number, on)


def insertion(page_id: int, after: str, new: str, number: str, on: date) -> None:
    """An amendment that adds a paragraph behind another one."""
    with acting(None) as tx:
        text = rules.rule_text(tx, page_id)
    block = next(block for block in text.blocks if block.text == after)
    enact(page_id, [BlockChange("insert_after", block.id, "", new)], number, on)


@pytest.fixture
def leave(app: Flask, cast: Cast) -> int:
    """A rule of 2024, changed in 2025, with an adopted text to come."""
    number = rule("Congés", LEAVE, "AG-2024-001", START)
    change(number, "On prévient un mois avant.", "On prévient la veille.", "AG-2025-002", CHANGE)
    change(number, "On pose ses jours ensemble.", "Chacun·e pose ses jours.", "AG-2026-009", LATER)
    insertion(number, "Chacun·e pose ses jours.", "On rit.", "AG-2026-010", LATER)
    return number


def words(book: Rulebook) -> str:
    """All that applies on the day, without what is to come."""
    return " ".join(p.html for a in book.articles if not a.coming_on for p in a.passages)


def names(book: Rulebook) -> list[tuple[int | None, str]]:
    return [(article.number, article.title) for article in book.articles]


def test_each_day_has_its_text(cast: Cast, leave: int) -> None:
    reader = as_reader(cast.amel)
    assert names(rulebook(reader, date(2023, 12, 31))) == []
    assert "un mois avant" in words(rulebook(reader, CHANGE - timedelta(days=1)))
    assert "la veille" in words(rulebook(reader, CHANGE))
    assert "Chacun·e pose" in words(rulebook(reader, LATER))
    assert "Chacun·e pose" not in words(rulebook(reader, LATER - timedelta(days=1)))


def test_d6_each_day_has_one_text_and_it_changes_at_midnight_in_paris(
    cast: Cast, leave: int
) -> None:
    with time_machine.travel(datetime(2025, 5, 31, 21, 59, tzinfo=UTC), tick=False):
        reader = as_reader(cast.amel)
        assert "un mois avant" in words(rulebook(reader, today(reader)))
    with time_machine.travel(datetime(2025, 5, 31, 22, 1, tzinfo=UTC), tick=False):
        reader = as_reader(cast.amel)
        book = rulebook(reader, today(reader))
    assert book.on == CHANGE
    assert [article.title for article in book.articles] == ["Congés"]
    assert "la veille" in words(book)


def test_d7_a_rule_of_1968_and_one_of_2050_have_their_days(cast: Cast, leave: int) -> None:
    rule("Fondation", "Nous fondons.", "AG-1968-001", date(1968, 2, 29))
    rule("Avenir", "Nous verrons.", "AG-2026-050", date(2050, 1, 1))
    reader = as_reader(cast.amel)
    assert names(rulebook(reader, date(1968, 2, 28))) == []
    assert names(rulebook(reader, date(1968, 2, 29))) == [(1, "Fondation")]
    assert names(rulebook(reader, date(2050, 1, 1)))[-1] == (3, "Avenir")
    assert rulebook(reader, date(2049, 1, 1)).following == date(2050, 1, 1)


def test_what_is_adopted_for_later_stands_beside_its_paragraph(cast: Cast, leave: int) -> None:
    [article] = rulebook(as_reader(cast.amel), this_day()).articles
    coming = [(p.block_id, c) for p in article.passages for c in p.coming]
    assert [(c.act, c.decision_number, c.in_force_on) for _, c in coming] == [
        ("changed", "AG-2026-009", LATER),
        ("created", "AG-2026-010", LATER),
    ]
    changed, created = coming
    assert changed[0] == changed[1].block_id == article.passages[-1].block_id
    assert "Chacun·e pose" in changed[1].html
    assert created[0] == changed[0]


def test_a_past_day_does_not_know_what_was_adopted_after_it(cast: Cast, leave: int) -> None:
    assert not rulebook(as_reader(cast.amel), CHANGE).has_coming


def test_a_removal_to_come_is_told_on_the_paragraph(cast: Cast, leave: int) -> None:
    change(leave, "On prévient la veille.", "", "AG-2026-011", LATER)
    [article] = rulebook(as_reader(cast.amel), this_day()).articles
    told = {c.act: p.html for p in article.passages for c in p.coming}
    assert "la veille" in told["removed"]


def three_rules() -> list[int]:
    """The rules A, B and C of 2024, in this order."""
    return [
        rule(name, f"Texte {name}.", f"AG-2024-00{n}", START) for n, name in enumerate("ABC", 1)
    ]


def place(page_id: int, after: int | None, number: str, on: date) -> None:
    with acting(None) as tx:
        place_rule(tx, page_id, after, number, on)


def test_d9_numbers_follow_the_order_of_the_day_and_identity_does_not(cast: Cast) -> None:
    _a, _b, c = three_rules()
    place(c, None, "AG-2025-002", CHANGE)
    reader = as_reader(cast.amel)
    before, after = (rulebook(reader, day) for day in (CHANGE - timedelta(days=1), CHANGE))
    assert names(before) == [(1, "A"), (2, "B"), (3, "C")]
    assert names(after) == [(1, "C"), (2, "A"), (3, "B")]
    anchors = [{one.title: one.anchor for one in book.articles}["C"] for book in (before, after)]
    assert anchors == [f"rule-{c}"] * 2
    assert CHANGE in days_of_change(reader)
    assert [(node.title) for node in tree(reader, LATER).roots] == ["C", "A", "B"]


def test_d9_a_new_rule_and_hands_in_the_tree_change_no_number_of_a_past_day(cast: Cast) -> None:
    a, _b, c = three_rules()
    write(cast.amel, "Outils")
    with acting(None) as tx:
        tx.session.execute(update(Page).where(Page.id == c).values(position=-1))
    place(rule("D", "Texte D.", "AG-2025-003", CHANGE), a, "AG-2025-004", CHANGE)
    reader = as_reader(cast.amel)
    assert names(rulebook(reader, START)) == [(1, "A"), (2, "B"), (3, "C")]
    assert names(rulebook(reader, CHANGE)) == [(1, "A"), (2, "D"), (3, "B"), (4, "C")]


def test_d9_the_comparison_says_which_article_became_which_and_by_what(cast: Cast) -> None:
    a, _b, c = three_rules()
    place(c, a, "AG-2025-002", CHANGE)
    found = comparison(as_reader(cast.amel), START, CHANGE)
    told = [(one.title, one.before, one.after, one.decision_numbers) for one in found.renumbered]
    assert told == [("C", 3, 2, ("AG-2025-002",)), ("B", 2, 3, ())]
    assert (found.articles, found.same) == ((), 3)
    assert comparison(as_reader(cast.amel), CHANGE, CHANGE).renumbered == ()


def test_a_place_to_come_is_told_and_the_tree_takes_it_on_its_day(cast: Cast) -> None:
    a, b, _c = three_rules()
    place(a, b, "AG-2026-002", LATER)
    reader = as_reader(cast.amel)
    book = rulebook(reader, today(reader))
    assert names(book) == [(1, "A"), (2, "B"), (3, "C")]
    [move] = next(one for one in book.articles if one.title == "A").moves
    assert (move.after, move.in_force_on, move.decision_number) == ("B", LATER, "AG-2026-002")
    assert not any(one.moves for one in rulebook(reader, START).articles)
    assert names(rulebook(reader, LATER)) == [(1, "B"), (2, "A"), (3, "C")]
    assert [node.title for node in tree(reader, LATER).roots] == ["A", "B", "C"]
    reader.session.rollback()
    with time_machine.travel(datetime.combine(LATER, time(9), UTC), tick=False):
        assert bring_into_force() == 1
        assert bring_into_force() == 0
        assert [node.title for node in tree(as_reader(cast.amel), LATER).roots] == ["B", "A", "C"]


def test_rules_below_a_rule_go_with_it_and_two_decisions_in_any_order_end(cast: Cast) -> None:
    a, b, c = three_rules()
    with acting(None) as tx:
        tx.session.get_one(Page, b).parent_id = a
    place(a, c, "AG-2025-002", CHANGE)
    reader = as_reader(cast.amel)
    assert names(rulebook(reader, CHANGE)) == [(1, "C"), (2, "A"), (3, "B")]
    assert [node.title for node in tree(reader, LATER).roots] == ["C", "A"]
    place(c, b, "AG-2025-003", CHANGE)
    place(a, c, "AG-2025-004", CHANGE)
    assert names(rulebook(reader, CHANGE)) == [(1, "B"), (2, "C"), (3, "A")]
    assert [node.title for node in tree(as_reader(cast.amel), LATER).roots] == ["A"]


def test_who_could_change_a_rule_is_that_of_the_day(cast: Cast) -> None:
    [a, _b, _c] = three_rules()
    with acting(None) as tx:
        name_deciders(tx, a, ["absolute"], "AG-2026-002")
    reader = as_reader(cast.amel)
    day = today(reader)
    named = [next(rulebook(reader, on).articles).deciders for on in (day - timedelta(days=1), day)]
    assert named == [(), ("absolute",)]


def test_a_rule_whose_first_text_is_to_come_has_no_number_yet(cast: Cast, leave: int) -> None:
    rule("Accueil", "Bienvenue.", "AG-2026-012", LATER)
    book = rulebook(as_reader(cast.amel), this_day())
    shown = {article.title: article for article in book.articles}
    assert shown["Accueil"].coming_on == LATER
    assert shown["Accueil"].number is None
    assert "Accueil" not in book.manifest


def test_a_working_page_is_no_rule_before_its_day(app: Flask, cast: Cast, leave: int) -> None:
    write(cast.amel, "Brouillon", "Rien de décidé.")
    assert names(rulebook(as_reader(cast.amel), this_day())) == [(1, "Congés")]


def test_the_days_before_and_after_are_those_of_changes(cast: Cast, leave: int) -> None:
    book = rulebook(as_reader(cast.amel), CHANGE)
    assert (book.previous, book.following) == (START, LATER)


def test_the_digest_seals_what_applies_and_nothing_else(cast: Cast, leave: int) -> None:
    reader = as_reader(cast.amel)
    first, second, same = (
        rulebook(reader, day).digest for day in (START, CHANGE, CHANGE + timedelta(days=9))
    )
    assert first != second == same


def test_a_closed_rule_leaves_no_trace(cast: Cast, leave: int) -> None:
    secret = rule("Salaires", "Secret.", "AG-2025-007", date(2025, 7, 7))
    change(secret, "Secret.", "Autre secret.", "AG-2026-013", LATER + timedelta(days=1))
    reader = as_reader(cast.chloe)
    days = [CHANGE, date(2025, 7, 8), this_day(), LATER]
    with acting(None) as tx:
        tx.session.execute(update(Page).where(Page.id == secret).values(audience="members"))
    told = repr([rulebook(reader, day) for day in days])
    told += repr(comparison(reader, START, LATER + timedelta(days=2)))
    for trace in ("Salaires", "ecret", "2025, 7, 7", "AG-2026-013"):
        assert trace not in told
    assert rulebook(reader, CHANGE).following == LATER
    assert "Salaires" in repr(rulebook(as_reader(cast.amel), LATER))


def test_two_days_compared_tell_articles_and_words(cast: Cast, leave: int) -> None:
    rule("Accueil", "Bienvenue.", "AG-2025-005", date(2025, 9, 1))
    found = comparison(as_reader(cast.amel), date(2025, 9, 1), START)
    assert (found.first, found.second) == (START, date(2025, 9, 1))
    assert [a.title for a in found.of("created")] == ["Accueil"]
    [changed] = found.of("changed")
    [paragraph] = changed.paragraphs
    assert (paragraph.act, paragraph.decision_number) == ("changed", "AG-2025-002")
    assert paragraph.change.old_text == "On prévient un mois avant."
    assert paragraph.change.new_text == "On prévient la veille."
    assert comparison(as_reader(cast.amel), CHANGE, CHANGE).articles == ()


def test_a_repealed_rule_leaves_on_its_day_and_stays_in_the_days_before(
    cast: Cast, leave: int
) -> None:
    with acting(None) as tx:
        repeal_rule(tx, leave, "AG-2026-011", date(2026, 2, 1))
    reader = as_reader(cast.amel)
    assert names(rulebook(reader, date(2026, 1, 31))) != []
    after = rulebook(reader, date(2026, 2, 1))
    assert names(after) == []
    assert date(2026, 2, 1) in days_of_change(reader)
