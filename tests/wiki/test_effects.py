"""What decisions do to rules."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from flask import Flask

from intranet.core.block_changes import BlockChange, StaleBlock
from intranet.core.policy import Conflict
from intranet.wiki import rules
from intranet.wiki.provenance_queries import decided_parts
from tests.cast import Cast, as_reader, this_day
from tests.wiki.writing import enact, read, revise, rule, source, write

TEXT = "# Congés\n\nOn prévient un mois avant.\n\nOn pose ses jours ensemble.\n"
PAST = date(2026, 1, 1)


def replacement(cast: Cast, rule_id: int, old: str, new: str) -> BlockChange:
    text = rules.rule_text(as_reader(cast.amel), rule_id)
    block = next(block for block in text.blocks if block.text == old)
    return BlockChange("replace", block.id, old, new)


def test_a_new_rule_bears_its_decision_on_every_paragraph(app: Flask, cast: Cast) -> None:
    rule("Congés", TEXT)
    page = read(cast.amel, "conges")
    assert page.html.count('href="/decisions/AG-2026-001"') == 2
    assert page.is_rule
    assert page.decision_number == "AG-2026-001"


def test_an_amendment_marks_only_the_paragraphs_it_changes(app: Flask, cast: Cast) -> None:
    number = rule("Congés", TEXT)
    before = rules.rule_text(as_reader(cast.amel), number)
    change = replacement(
        cast, number, "On prévient un mois avant.", "On prévient quinze jours avant."
    )
    enact(number, [change], "AG-2026-014", PAST, note="31 pour, 2 contre")
    after = rules.rule_text(as_reader(cast.amel), number)
    assert [block.id for block in after.blocks] == [block.id for block in before.blocks]
    assert [after.decisions[block.id] for block in after.blocks] == [
        "AG-2026-001",
        "AG-2026-014",
        "AG-2026-001",
    ]
    assert source("conges") == TEXT.replace("un mois", "quinze jours")
    html = read(cast.amel, "conges").html
    assert 'href="/decisions/AG-2026-014" title="31 pour, 2 contre"' in html


def test_a_paragraph_changed_since_the_vote_is_never_overwritten(app: Flask, cast: Cast) -> None:
    number = rule("Congés", TEXT)
    change = replacement(cast, number, "On prévient un mois avant.", "Une version.")
    enact(number, [change], "AG-2026-014", PAST)
    with pytest.raises(StaleBlock):
        enact(number, [change], "AG-2026-015", PAST)
    assert "Une version." in source("conges")


def test_a_text_to_come_is_shown_as_coming_and_applies_on_its_day(app: Flask, cast: Cast) -> None:
    number = rule("Congés", TEXT)
    soon = this_day() + timedelta(days=40)
    change = replacement(cast, number, "On prévient un mois avant.", "On prévient la veille.")
    enact(number, [change], "AG-2026-014", soon)
    today = read(cast.amel, "conges")
    assert "un mois avant" in today.html
    assert today.coming is not None
    assert (today.coming.in_force_on, today.coming.decision_number) == (soon, "AG-2026-014")
    later = read(cast.amel, "conges", soon)
    assert "la veille" in later.html
    assert later.coming is None
    assert not later.is_coming


def test_a_rule_whose_first_text_is_to_come_says_so(app: Flask, cast: Cast) -> None:
    rule("Télétravail", "Deux jours.", on=this_day() + timedelta(days=3))
    assert read(cast.amel, "teletravail").is_coming


def test_a_text_cannot_apply_before_one_that_is_already_pending(app: Flask, cast: Cast) -> None:
    number = rule("Congés", TEXT)
    day = this_day() + timedelta(days=40)
    first = replacement(cast, number, "On prévient un mois avant.", "On prévient la veille.")
    enact(number, [first], "AG-2026-014", day)
    second = replacement(cast, number, "On pose ses jours ensemble.", "Chacun·e pose ses jours.")
    with pytest.raises(Conflict):
        enact(number, [second], "AG-2026-015", day - timedelta(days=1))
    enact(number, [second], "AG-2026-015", day)
    assert "Chacun·e" in read(cast.amel, "conges", day).html


def test_the_text_of_a_past_day_can_be_read_again(app: Flask, cast: Cast) -> None:
    number = rule("Congés", TEXT, on=date(2024, 1, 1))
    change = replacement(cast, number, "On prévient un mois avant.", "On prévient la veille.")
    enact(number, [change], "AG-2026-014", date(2025, 6, 1))
    assert "un mois avant" in read(cast.amel, "conges", date(2025, 5, 31)).html
    assert "la veille" in read(cast.amel, "conges", date(2025, 6, 1)).html
    assert read(cast.amel, "conges", date(2023, 12, 31)).is_coming


def test_a_decision_knows_the_paragraphs_it_wrote(app: Flask, cast: Cast) -> None:
    number = rule("Congés", TEXT)
    change = replacement(cast, number, "On prévient un mois avant.", "On prévient la veille.")
    enact(number, [change], "AG-2026-014", PAST)
    parts = decided_parts(as_reader(cast.amel), "AG-2026-014")
    assert [
        (part.page.slug, part.in_force_on, [(p.act, p.before, p.after) for p in part.paragraphs])
        for part in parts
    ] == [("conges", PAST, [("changed", "On prévient un mois avant.", "On prévient la veille.")])]
    assert decided_parts(as_reader(cast.farid), "AG-2026-014") == []


@pytest.mark.parametrize(
    "written",
    ["{{Annexe}}", "{{include Annexe}}", "[[include:Annexe]]", "![](/wiki/annexe)"],
)
def test_d11_no_other_sign_brings_the_words_of_another_page_into_a_rule(
    cast: Cast, written: str
) -> None:
    write(cast.amel, "Annexe", "Chacun·e paie dix euros.")
    rule("Cotisation", f"On paie.\n\n{written}\n")
    assert "dix euros" not in read(cast.amel, "cotisation").html
    revise(cast.amel, "annexe", "Chacun·e paie cent euros.")
    assert "euros" not in read(cast.amel, "cotisation").html
